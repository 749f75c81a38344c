#include "matcher/chip_scale.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "matcher/landmarks.h"
#include "tests/testing/fake_face_ports.h"

namespace homeward {
namespace {

constexpr int kMost = 8;

float EyeDistance(const Landmarks& landmarks) {
  const cv::Point2f apart = RightEye(landmarks) - LeftEye(landmarks);
  return std::hypot(apart.x, apart.y);
}

Landmarks FaceOf(float side) { return testing::MeanFaceIn({100, 100, side, side}); }

TEST(ChipScaleTest, APhotoOfTwoMegapixelsIsLookedAtWhole) {
  EXPECT_EQ(DetectionReduction({250, 250}, kMost), 1);
  EXPECT_EQ(DetectionReduction({1000, 1000}, kMost), 1);
  EXPECT_EQ(DetectionReduction({1600, 1200}, kMost), 1);
  EXPECT_EQ(ChipReduction(FaceOf(900), {1600, 1200}, kMost), 1);
}

TEST(ChipScaleTest, ALargePhotoIsLookedAtSmallAndOnePictureInALineIsNotLost) {
  EXPECT_EQ(DetectionReduction({1920, 1280}, kMost), 2);
  EXPECT_EQ(DetectionReduction({3000, 4000}, kMost), 4);
  EXPECT_EQ(DetectionReduction({8000, 300}, kMost), 1);
  EXPECT_EQ(DetectionReduction({16'000, 4000}, kMost), 8);
}

TEST(ChipScaleTest, WhatHasNoSmallerCopiesIsLookedAtWhole) {
  EXPECT_EQ(DetectionReduction({4000, 3000}, 1), 1);
  EXPECT_EQ(DetectionReduction({4000, 3000}, 2), 2);
}

TEST(ChipScaleTest, ASmallerFaceIsCutFromALargerCopy) {
  const cv::Size photo(4000, 3000);
  EXPECT_EQ(ChipReduction(FaceOf(1200), photo, kMost), 4);
  EXPECT_EQ(ChipReduction(FaceOf(500), photo, kMost), 2);
  EXPECT_EQ(ChipReduction(FaceOf(200), photo, kMost), 1);
}

RC_GTEST_PROP(ChipScaleTest, TheCopyHasMoreOfTheFaceThanAChipUnlessTheWholePictureHasNot, ()) {
  const cv::Size photo(*rc::gen::inRange(10, 9000), *rc::gen::inRange(10, 9000));
  const Landmarks face = FaceOf(static_cast<float>(*rc::gen::inRange(5, 4000)));
  const int reduction = ChipReduction(face, photo, kMost);
  RC_ASSERT(reduction <= DetectionReduction(photo, kMost));
  if (reduction > 1) RC_ASSERT(EyeDistance(face) / static_cast<float>(reduction) > 60);
}

}  // namespace
}  // namespace homeward
