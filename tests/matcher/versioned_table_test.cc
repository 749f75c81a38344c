#include "matcher/versioned_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace homeward {
namespace {

template <class T>
std::vector<T> RowsOf(const FrozenTable<T>& table) {
  std::vector<T> rows;
  for (std::size_t i = 0; i < table.size(); ++i) rows.push_back(table[i]);
  return rows;
}

RC_GTEST_PROP(VersionedTableTest, FrozenStatesStayAsTheyWere, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  VersionedTable<std::string> table;
  std::vector<std::string> model;
  std::vector<std::pair<FrozenTable<std::string>, std::vector<std::string>>> kept;
  for (int step = *rc::gen::inRange(1, 40); step > 0; --step) {
    const auto appended = *rc::gen::inRange<std::size_t>(0, 150);
    for (std::size_t i = 0; i < appended; ++i) {
      model.push_back("row " + std::to_string(model.size()));
      table.Append(model.back());
    }
    const int edits = model.empty() ? 0 : *rc::gen::inRange(0, 20);
    for (int i = 0; i < edits; ++i) {
      const std::size_t row = random() % model.size();
      model[row] += "!";
      table.Edit(row) += "!";
    }
    if (*rc::gen::arbitrary<bool>()) kept.emplace_back(table.Freeze(), model);
  }
  RC_ASSERT(table.size() == model.size());
  for (std::size_t i = 0; i < model.size(); ++i) RC_ASSERT(table[i] == model[i]);
  for (const auto& [frozen, rows] : kept) RC_ASSERT(RowsOf(frozen) == rows);
}

TEST(VersionedTableTest, HoldsMoreRowsThanOneGroupOfChunks) {
  constexpr int kRows = 300'000;
  VersionedTable<int> table;
  for (int i = 0; i < kRows; ++i) table.Append(i);
  const FrozenTable<int> before = table.Freeze();
  for (const std::size_t row : {0u, 262'143u, 262'144u, 299'999u}) table.Edit(row) = -1;
  const FrozenTable<int> after = table.Freeze();
  ASSERT_EQ(before.size(), 300'000u);
  for (std::size_t i = 0; i < kRows; ++i) ASSERT_EQ(before[i], static_cast<int>(i));
  EXPECT_EQ(after[262'144], -1);
  EXPECT_EQ(after[262'145], 262'145);
}

// Counts copies of itself; as large as a record's row.
struct Counted {
  static inline std::int64_t copies = 0;
  Counted() = default;
  Counted(const Counted&) { ++copies; }
  Counted(Counted&&) noexcept {}
  Counted& operator=(const Counted&) {
    ++copies;
    return *this;
  }
  Counted& operator=(Counted&&) noexcept { return *this; }

  std::array<char, 128> ballast{};
};

TEST(VersionedTableTest, AnEditCopiesAFewRowsHoweverManyThereAre) {
  VersionedTable<Counted> table;
  for (int i = 0; i < 200'000; ++i) table.Append({});
  const auto kept = table.Freeze();
  Counted::copies = 0;
  table.Edit(100'000);
  table.Edit(100'001);
  table.Append({});
  EXPECT_LE(Counted::copies, 64);
  EXPECT_EQ(kept.size(), 200'000u);
}

// Readers use frozen states while the writer goes on; run under a race detector.
TEST(VersionedTableTest, FrozenStatesAreReadWhileTheTableGrows) {
  VersionedTable<int> table;
  std::vector<std::jthread> readers;
  std::atomic<int> wrong = 0;
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 50; ++i) table.Append(round);
    table.Edit(static_cast<std::size_t>(round)) = -1;
    readers.emplace_back([frozen = table.Freeze(), round, &wrong] {
      int edited = 0;
      for (std::size_t i = 0; i < frozen.size(); ++i) edited += frozen[i] == -1 ? 1 : 0;
      if (edited != round + 1) ++wrong;
    });
  }
  readers.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace homeward
