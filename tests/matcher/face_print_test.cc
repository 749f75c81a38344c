#include "matcher/face_print.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/imgproc.hpp>

#include "matcher/photo.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

// Soft blotches of all sizes, as a face has them.
cv::Mat Chip(std::uint64_t seed) {
  cv::RNG random(seed + 1);
  cv::Mat chip(150, 150, CV_8UC3, cv::Scalar::all(128));
  for (int i = 0; i < 60; ++i) {
    const cv::Point at(random.uniform(0, 150), random.uniform(0, 150));
    cv::circle(chip, at, random.uniform(4, 30), cv::Scalar::all(random.uniform(0, 256)), -1);
  }
  cv::GaussianBlur(chip, chip, {}, 3);
  return chip;
}

cv::Mat ThroughJpeg(const cv::Mat& bgr, int quality) {
  return DecodePhoto(testing::MakeJpeg(bgr, {.quality = quality}))->bgr;
}

cv::Mat Resized(const cv::Mat& bgr, double scale) {
  cv::Mat resized;
  cv::resize(bgr, resized, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return resized;
}

RC_GTEST_PROP(FacePrintTest, IsTheSameInEveryCopy, (std::uint32_t seed)) {
  const cv::Mat chip = Chip(seed);
  const FacePrint print = PrintOf(chip);
  cv::Mat moved;
  cv::warpAffine(chip, moved, cv::Matx23d(1, 0, 3, 0, 1, -2), chip.size(), cv::INTER_LINEAR,
                 cv::BORDER_REFLECT_101);
  for (const cv::Mat& copy :
       {chip, ThroughJpeg(chip, 30), Resized(Resized(chip, 0.3), 1 / 0.3),
        ThroughJpeg(Resized(chip, 2), 60), cv::Mat(chip * 0.6), cv::Mat(chip * 0.7 + 50), moved}) {
    RC_ASSERT(ShowSamePhotograph(print, PrintOf(copy)));
    RC_ASSERT(ShowSamePhotograph(PrintOf(copy), print));
  }
}

RC_GTEST_PROP(FacePrintTest, IsAnotherInAnotherPhotograph, (std::uint32_t seed)) {
  const FacePrint one = PrintOf(Chip(seed));
  const FacePrint other = PrintOf(Chip(seed + 1u));
  RC_ASSERT(!ShowSamePhotograph(one, other));
  RC_ASSERT(!ShowSamePhotograph(other, one));
}

TEST(FacePrintTest, OfOneColourIsLikeNothingElse) {
  const FacePrint flat = PrintOf(cv::Mat(150, 150, CV_8UC3, cv::Scalar(40, 90, 200)));
  EXPECT_FALSE(ShowSamePhotograph(flat, flat));
  EXPECT_FALSE(ShowSamePhotograph(flat, PrintOf(Chip(1))));
}

}  // namespace
}  // namespace homeward
