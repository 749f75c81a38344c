#include "models/preprocessing.h"

#include <gtest/gtest.h>

#include <array>

namespace homeward {
namespace {

cv::Mat Chip(int rows, int columns, std::uint64_t seed) {
  cv::Mat chip(rows, columns, CV_8UC3);
  cv::RNG random(seed);
  random.fill(chip, cv::RNG::UNIFORM, 0, 256);
  return chip;
}

float At(const cv::Mat& input, int chip, int channel, int row, int column) {
  const std::array place{chip, channel, row, column};
  return input.at<float>(place.data());
}

TEST(PreprocessingTest, LaysChipsOutByChannelRowAndColumn) {
  const std::array<cv::Mat, 2> chips = {Chip(4, 6, 1), Chip(4, 6, 2)};
  const cv::Mat input =
      NetworkInput(chips, {.channels = ChannelOrder::kRgb, .mean = {10, 20, 30}, .scale = 2});
  ASSERT_EQ(input.dims, 4);
  ASSERT_EQ(input.total(), 2U * 3 * 4 * 6);
  for (int chip = 0; chip < 2; ++chip) {
    for (int row = 0; row < 4; ++row) {
      for (int column = 0; column < 6; ++column) {
        const auto pixel = chips.at(static_cast<std::size_t>(chip)).at<cv::Vec3b>(row, column);
        EXPECT_FLOAT_EQ(At(input, chip, 0, row, column),
                        2.0F * (static_cast<float>(pixel[2]) - 10));
        EXPECT_FLOAT_EQ(At(input, chip, 1, row, column),
                        2.0F * (static_cast<float>(pixel[1]) - 20));
        EXPECT_FLOAT_EQ(At(input, chip, 2, row, column),
                        2.0F * (static_cast<float>(pixel[0]) - 30));
      }
    }
  }
}

TEST(PreprocessingTest, AStandardisedChipHasMeanZeroAndVarianceOneWhateverItsNeighbours) {
  const std::array<cv::Mat, 2> chips = {Chip(5, 5, 3), Chip(5, 5, 4) / 4};
  const cv::Mat input = NetworkInput(chips, {.standardise = true});
  for (int chip = 0; chip < 2; ++chip) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(cv::Mat(1, 75, CV_32F, const_cast<float*>(input.ptr<float>(chip))), mean,
                   deviation);
    EXPECT_NEAR(mean[0], 0, 1e-5);
    EXPECT_NEAR(deviation[0], 1, 1e-5);
  }
}

TEST(PreprocessingTest, LeavesTheChipsAsTheyWere) {
  const std::array<cv::Mat, 1> chips = {Chip(4, 4, 5)};
  const cv::Mat before = chips[0].clone();
  NetworkInput(chips, {.standardise = true});
  NetworkInput(chips, {.mean = {1, 2, 3}, .scale = 3});
  EXPECT_EQ(cv::norm(before, chips[0]), 0);
}

}  // namespace
}  // namespace homeward
