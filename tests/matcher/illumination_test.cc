#include "matcher/illumination.h"

#include <gtest/gtest.h>

#include "matcher/cheeks.h"

namespace homeward {
namespace {

constexpr int kSide = FacePatch::kSide;

FacePatch PatchOf(int luminance) {
  FacePatch patch;
  patch.luminance = static_cast<unsigned char>(luminance);
  patch.inside = 255;
  return patch;
}

// Half of it of one level, half of the other, side by side.
FacePatch HalvesOf(int left, int right) {
  FacePatch patch = PatchOf(left);
  patch.luminance.colRange(kSide / 2, kSide) = static_cast<unsigned char>(right);
  return patch;
}

LuminanceShares Shares(const FacePatch& patch) { return SharesOf(patch).value(); }

TEST(IlluminationTest, TheMeanIsFromNoughtToOne) {
  EXPECT_EQ(LuminanceMean(Shares(PatchOf(0))), 0);
  EXPECT_EQ(LuminanceMean(Shares(PatchOf(255))), 1);
  EXPECT_NEAR(LuminanceMean(Shares(HalvesOf(51, 102))), 0.3, 1e-9);
}

TEST(IlluminationTest, UnderExposedIsWhatHasATenthOfTheLightAtMost) {
  EXPECT_EQ(UnderExposure(Shares(PatchOf(25))), 1);
  EXPECT_EQ(UnderExposure(Shares(PatchOf(26))), 0);
  EXPECT_EQ(UnderExposure(Shares(HalvesOf(0, 200))), 0.5);
}

TEST(IlluminationTest, TheDynamicRangeIsTheEntropyInBits) {
  EXPECT_EQ(DynamicRange(Shares(PatchOf(77))), 0);
  EXPECT_EQ(DynamicRange(Shares(HalvesOf(10, 200))), 1);
  FacePatch patch = PatchOf(0);
  for (int x = 0; x < kSide; ++x) patch.luminance.col(x) = static_cast<unsigned char>(2 * x);
  EXPECT_NEAR(DynamicRange(Shares(patch)), 7, 1e-9);
}

TEST(IlluminationTest, OnlyWhatThePictureShowsCounts) {
  FacePatch patch = HalvesOf(0, 255);
  patch.inside.colRange(0, kSide / 2) = FacePatch::kNone;
  EXPECT_EQ(LuminanceMean(Shares(patch)), 1);
  patch.inside.colRange(kSide / 2, kSide / 2 + 1) = FacePatch::kNone;
  EXPECT_FALSE(SharesOf(patch));
}

TEST(IlluminationTest, CheeksOfOneLightAreUniformAndOfTwoAreNot) {
  EXPECT_EQ(IlluminationUniformity(PatchOf(90)), 1);
  EXPECT_EQ(IlluminationUniformity(HalvesOf(40, 160)), 0);
}

TEST(IlluminationTest, UniformityNeedsBothCheeks) {
  FacePatch patch = PatchOf(90);
  patch.inside(LeftCheek()) = FacePatch::kNone;
  EXPECT_FALSE(IlluminationUniformity(patch));
  patch = PatchOf(90);
  patch.inside(RightCheek()) = FacePatch::kNone;
  EXPECT_FALSE(IlluminationUniformity(patch));
}

TEST(IlluminationTest, TheMoreOneSideIsBrighterTheLessUniform) {
  cv::RNG random(3);
  FacePatch patch = PatchOf(0);
  random.fill(patch.luminance, cv::RNG::UNIFORM, 60, 100);
  double before = IlluminationUniformity(patch).value();
  EXPECT_GT(before, 0.8);
  for (int step = 0; step < 5; ++step) {
    patch.luminance.colRange(kSide / 2, kSide) += 8;
    const double uniformity = IlluminationUniformity(patch).value();
    EXPECT_LT(uniformity, before);
    before = uniformity;
  }
  EXPECT_LT(before, 0.15);
}

}  // namespace
}  // namespace homeward
