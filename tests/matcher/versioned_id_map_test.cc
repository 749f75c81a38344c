#include "matcher/versioned_id_map.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <random>
#include <utility>
#include <vector>

#include "matcher/id.h"
#include "tests/testing/numbered_ids.h"

namespace homeward {
namespace {

using Model = std::map<IdBytes, std::uint32_t>;

// From few enough that ids are met again; a numbered id shares all its first digits with others.
IdBytes SomeId(std::mt19937_64& random, bool is_random) {
  const std::uint64_t number = random() % 300;
  if (!is_random) return NumberedId<RecordId>(number).bytes;
  std::mt19937_64 bytes(number);
  IdBytes id;
  for (auto& byte : id) byte = static_cast<std::uint8_t>(bytes());
  return id;
}

RC_GTEST_PROP(VersionedIdMapTest, FrozenStatesStayAsTheyWere,
              (std::uint64_t seed, bool is_random)) {
  std::mt19937_64 random(seed);
  VersionedIdMap map;
  Model model;
  std::vector<std::pair<FrozenIdMap, Model>> kept;
  for (std::uint32_t step = 0; step < 600; ++step) {
    const IdBytes id = SomeId(random, is_random);
    if (random() % 3 == 0) {
      map.Erase(id);
      model.erase(id);
    } else {
      map.Put(id, step);
      model[id] = step;
    }
    if (random() % 60 == 0) kept.emplace_back(map.Freeze(), model);
  }
  kept.emplace_back(map.Freeze(), model);
  for (const auto& [frozen, expected] : kept) {
    for (std::uint64_t number = 0; number < 300; ++number) {
      const IdBytes id = SomeId(random, is_random);
      const auto entry = expected.find(id);
      RC_ASSERT(frozen.Find(id) == (entry == expected.end() ? std::optional<std::uint32_t>()
                                                            : std::optional(entry->second)));
    }
  }
}

TEST(VersionedIdMapTest, AnEmptyMapHasNothing) {
  VersionedIdMap map;
  const IdBytes id = NumberedId<RecordId>(1).bytes;
  map.Erase(id);
  EXPECT_FALSE(map.Find(id));
  EXPECT_FALSE(map.Freeze().Find(id));
}

TEST(VersionedIdMapTest, HoldsManyIdsThatDifferOnlyInTheirLastDigits) {
  VersionedIdMap map;
  for (std::uint32_t i = 0; i < 20'000; ++i) map.Put(NumberedId<RecordId>(i).bytes, i);
  const FrozenIdMap frozen = map.Freeze();
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    ASSERT_EQ(frozen.Find(NumberedId<RecordId>(i).bytes), i);
  }
  EXPECT_FALSE(frozen.Find(NumberedId<RecordId>(20'000).bytes));
}

}  // namespace
}  // namespace homeward
