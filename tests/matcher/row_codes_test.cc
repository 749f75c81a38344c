#include "matcher/row_codes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <span>
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

std::shared_ptr<const CodeGrid> GridFor(const std::vector<float>& rows, std::size_t dimension) {
  return CodeGrid::For(rows, dimension, nullptr);
}

std::uint64_t MayBeWithin(QueryCode& code, const RowCodes& codes, std::size_t tile, float limit) {
  code.CodeFor(codes);
  std::uint64_t near = 0;
  CompareCodesPlainly(codes.tile(tile), {&code.Within(limit), 1}, &near);
  return near | codes.unknown(tile);
}

RC_GTEST_PROP(RowCodesTest, NoRowWithinTheDistanceIsPassedOver, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto dimension = *rc::gen::inRange<std::size_t>(1, 200);
  const auto shapes = rc::gen::element(Shape::kFaces, Shape::kNoise, Shape::kOutlier, Shape::kGrid,
                                       Shape::kZeros, Shape::kTiny, Shape::kHuge);
  const auto shape = *shapes;
  const std::vector<float> rows = RandomRows(random, dimension, shape);
  // A grid made for them, and one made for others.
  const auto model = *rc::gen::arbitrary<bool>() ? shape : *shapes;
  const RowCodes codes(rows.data(), kRows,
                       GridFor(RandomRows(random, dimension, model), dimension));
  // One of the rows, one like them, one far from them, and one with a component of its own.
  const std::vector<float> others = RandomRows(random, dimension, shape);
  for (const float larger : {0.0F, 1.0F, 50.0F, -1.0F}) {
    std::vector<float> query(others.begin(),
                             others.begin() + static_cast<std::ptrdiff_t>(dimension));
    for (float& each : query) each *= larger;
    if (larger == -1) query[0] = 3e4F;
    if (larger == 0)
      query.assign(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(dimension));
    QueryCode code(query);
    // The very distance of a row is where a rounding error would show.
    const float limit = SquaredDistance(query, rows.data() + random() % kRows * dimension);
    for (const std::size_t tile : {std::size_t{0}, std::size_t{1}}) {
      const std::uint64_t told = MayBeWithin(code, codes, tile, limit);
      RC_ASSERT((TrulyWithin(query, rows, tile, limit) & ~told) == 0);
    }
  }
}

TEST(RowCodesTest, PassesOverNearlyAllThatIsFarther) {
  std::mt19937_64 random(5);
  constexpr std::size_t kDimension = 128;
  const std::vector<float> rows = RandomRows(random, kDimension, Shape::kFaces);
  const RowCodes codes(rows.data(), kRows, GridFor(rows, kDimension));
  const std::vector<float> query(rows.begin(), rows.begin() + kDimension);
  QueryCode code(query);
  float nearest = std::numeric_limits<float>::infinity();
  for (std::size_t r = 1; r < kRows; ++r) {
    nearest = std::min(nearest, SquaredDistance(query, rows.data() + r * kDimension));
  }
  const int told = std::popcount(MayBeWithin(code, codes, 0, nearest)) +
                   std::popcount(MayBeWithin(code, codes, 1, nearest));
  EXPECT_GE(told, 2);
  EXPECT_LE(told, 24);
  EXPECT_EQ(MayBeWithin(code, codes, 0, 0), 1U);
  EXPECT_EQ(MayBeWithin(code, codes, 1, 0), 0U);
}

TEST(RowCodesTest, OneRowThatTheGridCannotHoldDoesNotBlurTheOthers) {
  std::mt19937_64 random(6);
  constexpr std::size_t kDimension = 128;
  std::vector<float> rows = RandomRows(random, kDimension, Shape::kFaces);
  rows[7 * kDimension] = 1e4F;
  const RowCodes codes(rows.data(), kRows, GridFor(rows, kDimension));
  EXPECT_EQ(codes.unknown(0), std::uint64_t{1} << 7);
  const std::vector<float> query(rows.begin(), rows.begin() + kDimension);
  QueryCode code(query);
  EXPECT_EQ(MayBeWithin(code, codes, 0, 0), 1U | std::uint64_t{1} << 7);
}

TEST(RowCodesTest, PassesOverNothingWhereTheDistanceIsBeyondAllMeasure) {
  const std::vector<float> rows(kRows, 1e20F);
  const RowCodes codes(rows.data(), kRows, GridFor(rows, 1));
  const std::vector<float> query{-1e20F};
  QueryCode code(query);
  EXPECT_EQ(MayBeWithin(code, codes, 1, std::numeric_limits<float>::infinity()), ~std::uint64_t{0});
}

TEST(RowCodesTest, AQueryIsCodedAnewForRowsOfAnotherGrid) {
  const std::vector<float> near(kRows, 0.5F);
  const std::vector<float> far(kRows, 8.0F);
  const RowCodes first(near.data(), kRows, GridFor(near, 1));
  const RowCodes second(far.data(), kRows, GridFor(far, 1));
  const std::vector<float> query{0.5F};
  QueryCode code(query);
  for (int times = 0; times < 2; ++times) {
    EXPECT_EQ(MayBeWithin(code, first, 0, 0.01F), ~std::uint64_t{0});
    EXPECT_EQ(MayBeWithin(code, second, 0, 0.01F), 0U);
  }
}

TEST(RowCodesTest, ACopyWithoutSomeRowsKnowsTheOthersAndNothingOfThose) {
  std::mt19937_64 random(8);
  constexpr std::size_t kDimension = 20;
  std::vector<float> rows = RandomRows(random, kDimension, Shape::kNoise);
  rows[3 * kDimension] = 1e6F;  // unknown
  const auto grid = GridFor(rows, kDimension);
  const RowCodes codes(rows.data(), kRows, grid);
  const RowCodes copy(codes, std::vector<std::size_t>{3, 70});
  // As if those rows had never told anything.
  for (const std::size_t r : {std::size_t{3}, std::size_t{70}}) {
    const CodeTile tile = copy.tile(r / kCodedRows);
    EXPECT_EQ(copy.unknown(r / kCodedRows) >> r % kCodedRows & 1, 0U);
    EXPECT_EQ(tile.terms[r % kCodedRows], 0U);
    for (std::size_t i = 0; i < kDimension; ++i) {
      EXPECT_EQ(tile.codes[CodeByte(tile.octets, r % kCodedRows, i)], 0);
    }
  }
  const std::vector<float> query(rows.begin(), rows.begin() + kDimension);
  QueryCode code(query);
  for (const std::size_t tile : {std::size_t{0}, std::size_t{1}}) {
    const std::uint64_t others = ~(tile == 0 ? std::uint64_t{1} << 3 : std::uint64_t{1} << 6);
    const std::uint64_t before = MayBeWithin(code, codes, tile, 0.3F);
    EXPECT_EQ(MayBeWithin(code, copy, tile, 0.3F) & others, before & others);
  }
}

}  // namespace
}  // namespace homeward
