#include "matcher/face_patch.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace homeward {
namespace {

constexpr int kSide = FacePatch::kSide;

// The unit square over these pixels of the picture.
FacePose PoseOver(const cv::Rect2d& square) {
  return {.right = {square.width, 0}, .origin = square.tl()};
}

TEST(FacePatchTest, ShowsTheUnitSquarePixelByPixel) {
  cv::Mat bgr(200, 300, CV_8UC3, cv::Scalar::all(0));
  bgr(cv::Rect(100, 50, 32, 64)) = cv::Scalar::all(255);
  const FacePatch patch = CutFacePatch(bgr, PoseOver({99.5, 49.5, 64, 64}));
  EXPECT_EQ(patch.luminance(0, 0), 255);
  EXPECT_EQ(patch.luminance(kSide - 1, kSide / 2 - 1), 255);
  EXPECT_EQ(patch.luminance(0, kSide / 2), 0);
  EXPECT_EQ(cv::countNonZero(patch.inside), kSide * kSide);
}

TEST(FacePatchTest, TurnsAFaceUpright) {
  cv::Mat bgr(200, 200, CV_8UC3, cv::Scalar::all(0));
  bgr(cv::Rect(100, 0, 100, 200)) = cv::Scalar::all(255);
  // Lying on its side: its upper edge is at the picture's right.
  const FacePatch patch = CutFacePatch(bgr, {.right = {0, 100}, .origin = {150, 50}});
  EXPECT_EQ(patch.luminance(0, kSide / 2), 255);
  EXPECT_EQ(patch.luminance(kSide - 1, kSide / 2), 0);
}

TEST(FacePatchTest, LuminanceIsLinearInLight) {
  const auto luminance = [](const cv::Scalar& colour) {
    const cv::Mat bgr(8, 8, CV_8UC3, colour);
    return static_cast<int>(CutFacePatch(bgr, PoseOver({0, 0, 7, 7})).luminance(64, 64));
  };
  EXPECT_EQ(luminance(cv::Scalar::all(0)), 0);
  EXPECT_EQ(luminance(cv::Scalar::all(255)), 255);
  EXPECT_EQ(luminance(cv::Scalar::all(188)), 128);  // half of the light
  EXPECT_EQ(luminance({0, 255, 0}), 182);           // most of it is green
  EXPECT_EQ(luminance({255, 0, 0}), 18);
}

TEST(FacePatchTest, MarksWhatLiesOutsideThePicture) {
  const cv::Mat bgr(100, 100, CV_8UC3, cv::Scalar::all(9));
  const FacePatch patch = CutFacePatch(bgr, PoseOver({-32.5, 10, 64, 64}));
  EXPECT_EQ(patch.inside(5, kSide / 2 - 1), 0);
  EXPECT_EQ(patch.inside(5, kSide / 2), 255);
  EXPECT_EQ(cv::countNonZero(patch.inside), kSide * kSide / 2);
}

TEST(FacePatchTest, TheShareInThePictureCountsAQuarterMoreOnEachSide) {
  const cv::Size picture(400, 400);
  EXPECT_EQ(ShareInPicture(PoseOver({100, 100, 200, 200}), picture), 1);
  EXPECT_NEAR(ShareInPicture(PoseOver({0, 100, 200, 200}), picture), 1.25 / 1.5, 0.01);
  EXPECT_NEAR(ShareInPicture(PoseOver({-100, -100, 200, 200}), picture), 0.25, 0.01);
  EXPECT_EQ(ShareInPicture(PoseOver({1000, 100, 200, 200}), picture), 0);
  EXPECT_EQ(ShareInPicture(PoseOver({100, 100, 0, 0}), picture), 0);
}

RC_GTEST_PROP(FacePatchTest, APoseMayLeadAnywhere,
              (double x, double y, double right, double down)) {
  const cv::Mat bgr(60, 80, CV_8UC3, cv::Scalar::all(50));
  const FacePose pose{.right = {right, down}, .origin = {x, y}};
  const FacePatch patch = CutFacePatch(bgr, pose);
  RC_ASSERT(cv::countNonZero(patch.luminance) <= cv::countNonZero(patch.inside));
  const double share = ShareInPicture(pose, bgr.size());
  RC_ASSERT(share >= 0 && share <= 1);
}

}  // namespace
}  // namespace homeward
