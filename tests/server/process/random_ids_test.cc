#include "server/process/random_ids.h"

#include <gtest/gtest.h>

#include <set>

namespace homeward {
namespace {

TEST(RandomIdsTest, NeverRepeatThemselves) {
  const auto ids = RandomIds::Create().value();
  std::set<std::array<std::uint8_t, 16>> seen;
  for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(seen.insert(ids->Next()).second);
}

}  // namespace
}  // namespace homeward
