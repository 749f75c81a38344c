#include "matcher/row_search.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "matcher/flat_index.h"

namespace homeward {
namespace {

constexpr int kDimension = 24;

enum class Shape { kNoise, kFaces, kGrid, kOutliers, kDuplicates, kZeros };

std::vector<float> RandomRow(std::mt19937_64& random, Shape shape) {
  std::normal_distribution<float> normal(0, shape == Shape::kFaces ? 0.05F : 0.1F);
  std::vector<float> row(kDimension);
  for (std::size_t i = 0; i < row.size(); ++i) {
    row[i] = normal(random);
    if (shape == Shape::kFaces) row[i] += 0.2F * std::sin(static_cast<float>(i));
    if (shape == Shape::kGrid) row[i] = std::round(10 * row[i]);
    if (shape == Shape::kZeros || (shape == Shape::kDuplicates && random() % 4 != 0)) row[i] = 0;
  }
  if (shape == Shape::kOutliers && random() % 50 == 0) row[random() % row.size()] = 1e5F;
  if (shape == Shape::kDuplicates && random() % 2 == 0) std::ranges::fill(row, 0.5F);
  return row;
}

SlotFilter RandomFilter(std::mt19937_64& random, Slot size, double share) {
  SlotFilter filter(size);
  std::bernoulli_distribution allow(share);
  for (Slot slot = 0; slot < size; ++slot) {
    if (allow(random)) filter.Allow(slot);
  }
  return filter;
}

// By the definition, from every distance.
std::vector<SlotHit> ByScan(const FaceIndexSnapshot& snapshot, const SlotQuery& query) {
  std::vector<SlotHit> hits;
  snapshot.Scan(query.vector, *query.filter, [&](const SlotHit& hit) { hits.push_back(hit); });
  std::ranges::sort(hits, IsNearer);
  if (std::ssize(hits) > query.k) hits.resize(static_cast<std::size_t>(query.k));
  return hits;
}

RC_GTEST_PROP(RowSearchTest, QueriesTogetherGetWhatEachGetsAlone, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto shapes = rc::gen::element(Shape::kNoise, Shape::kFaces, Shape::kGrid, Shape::kOutliers,
                                       Shape::kDuplicates, Shape::kZeros);
  FlatIndex index(kDimension);
  const auto shape = *shapes;
  const auto size = *rc::gen::inRange<Slot>(1, 3 * RowBlock::kRows);
  // What comes later may be of another kind than what the grid was made for.
  const auto later = *shapes;
  for (Slot i = 0; i < size; ++i) {
    RC_ASSERT(index.Add(RandomRow(random, i < size / 2 ? shape : later)).has_value());
  }
  for (int i = *rc::gen::inRange(0, 40); i > 0; --i) {
    index.Remove(std::array{static_cast<Slot>(random()) % size});
  }
  const auto snapshot = index.Pin();
  const SlotFilter shared = RandomFilter(random, size, 1.0);
  const auto count = *rc::gen::inRange<std::size_t>(1, 12);
  std::vector<SlotFilter> filters;
  std::vector<std::vector<float>> vectors;
  for (std::size_t i = 0; i < count; ++i) {
    filters.push_back(RandomFilter(random, size, *rc::gen::element(1.0, 0.3, 0.01, 0.0001)));
    vectors.push_back(random() % 2 == 0 ? RandomRow(random, *shapes)
                                        : std::vector<float>(snapshot->vector(0).begin(),
                                                             snapshot->vector(0).end()));
  }
  std::vector<SlotQuery> queries;
  const bool same_filter = *rc::gen::arbitrary<bool>();
  for (std::size_t i = 0; i < count; ++i) {
    const int k = *rc::gen::element(1, 5, 20, 500, 100'000);
    queries.push_back({vectors[i], k, same_filter ? &shared : &filters[i]});
  }

  const auto together = snapshot->SearchTogether(queries);

  RC_ASSERT(together.size() == count);
  for (std::size_t i = 0; i < count; ++i) {
    RC_ASSERT(together[i] == ByScan(*snapshot, queries[i]));
    RC_ASSERT(together[i] == snapshot->Search(vectors[i], queries[i].k, *queries[i].filter));
  }
}

TEST(RowSearchTest, AnswersNobodyWithNothing) {
  const FlatIndex index(kDimension);
  EXPECT_TRUE(index.Pin()->SearchTogether({}).empty());
}

// So many rows that the cores share them.
TEST(RowSearchTest, FindsTheNearestOfRowsThatSeveralThreadsScan) {
  std::mt19937_64 random(3);
  FlatIndex index(2);
  constexpr Slot kSize = 40 * RowBlock::kRows;
  for (Slot i = 0; i < kSize; ++i) {
    const std::vector<float> row{static_cast<float>(i % 1'000), 0};
    ASSERT_TRUE(index.Add(row));
  }
  const SlotFilter all = SlotFilter::Of(kSize);
  const std::vector<float> query{500, 0};
  for (int times = 0; times < 20; ++times) {
    const auto hits = index.Pin()->Search(query, 100, all);
    ASSERT_EQ(hits.size(), 100u);
    // Of the equally distant the lower slots.
    for (std::size_t i = 0; i < hits.size(); ++i) {
      EXPECT_EQ(hits[i], (SlotHit{500 + 1'000 * static_cast<Slot>(i), 0}));
    }
  }
}

}  // namespace
}  // namespace homeward
