#include "matcher/row_codes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace homeward {
namespace {

constexpr std::size_t kRows = 2 * kCodedRows;

float SquaredDistance(const std::vector<float>& query, const float* row) {
  float sum = 0;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const float difference = query[i] - row[i];
    sum += difference * difference;
  }
  return sum;
}

enum class Shape { kFaces, kNoise, kOutlier, kGrid, kZeros, kTiny, kHuge };

std::vector<float> RandomRows(std::mt19937_64& random, std::size_t dimension, Shape shape) {
  std::normal_distribution<float> normal(0, 0.12F);
  std::vector<float> rows(kRows * dimension);
  for (float& each : rows) {
    each = normal(random);
    if (shape == Shape::kGrid) each = std::round(each * 8);
    if (shape == Shape::kZeros) each = 0;
    if (shape == Shape::kTiny) each *= 1e-38F;
    if (shape == Shape::kHuge) each *= 1e20F;
  }
  if (shape == Shape::kOutlier) rows[random() % rows.size()] = 1e4F;
  if (shape == Shape::kFaces) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] += 0.1F * std::sin(static_cast<float>(i % dimension));
  }
  return rows;
}

std::uint64_t TrulyWithin(const std::vector<float>& query, const std::vector<float>& rows,
                          std::size_t tile, float limit) {
  std::uint64_t within = 0;
  for (std::size_t r = 0; r < kCodedRows; ++r) {
    const float* row = rows.data() + (tile * kCodedRows + r) * query.size();
    within |= std::uint64_t{SquaredDistance(query, row) <= limit} << r;
  }
  return within;
}

RC_GTEST_PROP(RowCodesTest, NoRowWithinTheDistanceIsPassedOver, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto dimension = *rc::gen::inRange<std::size_t>(1, 200);
  const auto shape = *rc::gen::element(Shape::kFaces, Shape::kNoise, Shape::kOutlier, Shape::kGrid,
                                       Shape::kZeros, Shape::kTiny, Shape::kHuge);
  const std::vector<float> rows = RandomRows(random, dimension, shape);
  const RowCodes codes(rows.data(), kRows, dimension);
  // One of the rows, one like them, and one that their scale cannot hold.
  const std::vector<float> others = RandomRows(random, dimension, shape);
  for (const float larger : {0.0F, 1.0F, 50.0F}) {
    std::vector<float> query(others.begin(),
                             others.begin() + static_cast<std::ptrdiff_t>(dimension));
    for (float& each : query) each *= larger;
    if (larger == 0)
      query.assign(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(dimension));
    QueryCode code(query);
    code.CodeFor(codes);
    // The very distance of a row is where a rounding error would show.
    const float limit = SquaredDistance(query, rows.data() + random() % kRows * dimension);
    for (const std::size_t tile : {std::size_t{0}, std::size_t{1}}) {
      const std::uint64_t told = code.MayBeWithin(limit, codes, tile);
      RC_ASSERT((TrulyWithin(query, rows, tile, limit) & ~told) == 0);
    }
  }
}

TEST(RowCodesTest, PassesOverNearlyAllThatIsFarther) {
  std::mt19937_64 random(5);
  constexpr std::size_t kDimension = 128;
  const std::vector<float> rows = RandomRows(random, kDimension, Shape::kFaces);
  const RowCodes codes(rows.data(), kRows, kDimension);
  const std::vector<float> query(rows.begin(), rows.begin() + kDimension);
  QueryCode code(query);
  code.CodeFor(codes);
  float nearest = std::numeric_limits<float>::infinity();
  for (std::size_t r = 1; r < kRows; ++r) {
    nearest = std::min(nearest, SquaredDistance(query, rows.data() + r * kDimension));
  }
  const int told = std::popcount(code.MayBeWithin(nearest, codes, 0)) +
                   std::popcount(code.MayBeWithin(nearest, codes, 1));
  EXPECT_GE(told, 2);
  EXPECT_LE(told, 8);
  EXPECT_EQ(code.MayBeWithin(0, codes, 0), 1U);
  EXPECT_EQ(code.MayBeWithin(0, codes, 1), 0U);
}

TEST(RowCodesTest, PassesOverNothingWhereTheDistanceIsBeyondAllMeasure) {
  const std::vector<float> rows(kRows, 1e20F);
  const RowCodes codes(rows.data(), kRows, 1);
  const std::vector<float> query{-1e20F};
  QueryCode code(query);
  code.CodeFor(codes);
  EXPECT_EQ(code.MayBeWithin(std::numeric_limits<float>::infinity(), codes, 1), ~std::uint64_t{0});
}

TEST(RowCodesTest, AQueryIsCodedAnewForRowsOfAnotherScale) {
  const std::vector<float> near(kRows, 0.5F);
  const std::vector<float> far(kRows, 8.0F);
  const RowCodes first(near.data(), kRows, 1);
  const RowCodes second(far.data(), kRows, 1);
  const std::vector<float> query{0.5F};
  QueryCode code(query);
  for (int times = 0; times < 2; ++times) {
    code.CodeFor(first);
    EXPECT_EQ(code.MayBeWithin(0.01F, first, 0), ~std::uint64_t{0});
    code.CodeFor(second);
    EXPECT_EQ(code.MayBeWithin(0.01F, second, 0), 0U);
  }
}

}  // namespace
}  // namespace homeward
