#include "models/mmod_tile.h"

#include <gtest/gtest.h>

#include <cmath>

namespace homeward {
namespace {

TEST(MmodTileTest, TapsAddUpToTheConvolutionThatTheyWereDividedFrom) {
  constexpr int kRows = 4;
  constexpr int kColumns = 5;
  FoldedConvolution whole{.filters = 1,
                          .channels = 2,
                          .kernel = 3,
                          .stride = 1,
                          .padding = 1,
                          .weights = std::vector<float>(18),
                          .biases = {0.25F}};
  for (std::size_t i = 0; i < 18; ++i) whole.weights[i] = std::sin(static_cast<float>(3 * i + 1));
  std::vector<float> source(2UL * kRows * kColumns);
  for (std::size_t i = 0; i < source.size(); ++i) source[i] = std::cos(static_cast<float>(i));
  const FoldedConvolution taps = DivideIntoTaps(whole);
  EXPECT_EQ(taps.filters, 9);
  EXPECT_EQ(taps.kernel, 1);
  std::vector<float> planes;
  for (std::size_t tap = 0; tap < 9; ++tap) {
    for (std::size_t place = 0; place < 20; ++place) {
      planes.push_back(taps.weights[2 * tap] * source[place] +
                       taps.weights[2 * tap + 1] * source[20 + place]);
    }
  }
  const ScoreMap map = AddTaps(planes, 3, kRows, kColumns, 0.25F);
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      double expected = 0.25;
      for (int i = 0; i < 18; ++i) {
        const int y = row + i % 9 / 3 - 1;
        const int x = column + i % 3 - 1;
        if (y < 0 || y >= kRows || x < 0 || x >= kColumns) continue;
        expected += static_cast<double>(whole.weights[static_cast<std::size_t>(i)]) *
                    source[static_cast<std::size_t>(i / 9 * kRows * kColumns + y * kColumns + x)];
      }
      EXPECT_NEAR(map.scores[static_cast<std::size_t>(row * kColumns + column)], expected, 1e-5);
    }
  }
}

TEST(MmodTileTest, AMapNarrowerThanTheTapsStaysWithinItself) {
  const std::vector<float> planes(81UL * 2, 1.0F);
  EXPECT_EQ(AddTaps(planes, 9, 1, 2, 0).scores, (std::vector<float>{2, 2}));
}

}  // namespace
}  // namespace homeward
