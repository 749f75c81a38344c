#include "matcher/code_grid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace homeward {
namespace {

constexpr std::size_t kDimension = 32;

std::vector<float> RowsAbout(float mean, float deviation, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, deviation);
  std::vector<float> rows(200 * kDimension);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = mean * static_cast<float>(i % kDimension) + normal(random);
  }
  return rows;
}

TEST(CodeGridTest, HoldsRowsAboutACommonMeanWithSmallErrors) {
  const auto rows = RowsAbout(0.5F, 0.05F, 1);
  const auto grid = CodeGrid::For(rows, kDimension, nullptr);
  ASSERT_EQ(grid->dimension(), kDimension);
  double sum = 0;
  for (std::size_t r = 0; r < 200; ++r) sum += grid->ErrorOf(rows.data() + r * kDimension);
  // Sixteen values at best spacing have an error of .107 deviations a component.
  EXPECT_LT(sum / 200, 0.12 * 0.05 * std::sqrt(kDimension));
}

TEST(CodeGridTest, KeepsAnEarlierGridThatDoesNearlyAsWellAndNoOther) {
  const auto earlier = CodeGrid::For(RowsAbout(0.5F, 0.05F, 1), kDimension, nullptr);
  EXPECT_EQ(CodeGrid::For(RowsAbout(0.5F, 0.05F, 2), kDimension, earlier), earlier);
  EXPECT_NE(CodeGrid::For(RowsAbout(0.4F, 0.05F, 2), kDimension, earlier), earlier);
  EXPECT_NE(CodeGrid::For(RowsAbout(0.5F, 0.02F, 2), kDimension, earlier), earlier);
}

TEST(CodeGridTest, AnOutlierDoesNotSpoilItForTheOthers) {
  auto rows = RowsAbout(0.5F, 0.05F, 1);
  rows[0] = 1e30F;
  const auto grid = CodeGrid::For(rows, kDimension, nullptr);
  EXPECT_LT(grid->ErrorOf(rows.data() + kDimension), 0.2 * 0.05 * std::sqrt(kDimension));
}

TEST(CodeGridTest, DoesNotKeepTheVectorThatAllRowsAre) {
  std::vector<float> rows;
  for (std::size_t i = 0; i < 100 * kDimension; ++i) {
    rows.push_back(1 + static_cast<float>(i % kDimension));
  }
  const auto grid = CodeGrid::For(rows, kDimension, nullptr);
  for (std::size_t i = 0; i < kDimension; ++i) EXPECT_EQ(grid->centre(i), 0);
}

TEST(CodeGridTest, ItsErrorIsThatOfWhatItsCodesAreWorth) {
  const CodeGrid grid({1.0F, -2.0F}, 0.5F);
  EXPECT_EQ(grid.CodeOf(1.25F, 0), 8);
  EXPECT_EQ(grid.ErrorOf(1.25F, 0, 8), 0);
  EXPECT_EQ(grid.CodeOf(100, 0), 15);
  EXPECT_EQ(grid.CodeOf(-100, 1), 0);
  EXPECT_EQ(grid.ErrorOf(-6, 1, 0), -0.25);
  const std::vector<float> row = {1.25F, -6};
  EXPECT_EQ(grid.ErrorOf(row.data()), 0.25);
}

TEST(CodeGridTest, RowsOfNothingAndOfTheLargestNumbersHaveAGridToo) {
  for (const float component : {0.0F, 3e38F, -3e38F, 1e-42F}) {
    std::vector<float> rows(64 * kDimension, component);
    rows[5] = -component;
    const auto grid = CodeGrid::For(rows, kDimension, nullptr);
    EXPECT_GT(grid->step(), 0);
    EXPECT_TRUE(std::isfinite(grid->ErrorOf(rows.data())));
  }
}

}  // namespace
}  // namespace homeward
