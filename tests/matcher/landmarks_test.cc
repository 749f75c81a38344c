#include "matcher/landmarks.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "tests/testing/fake_face_ports.h"

namespace homeward {
namespace {

using testing::MeanFaceIn;

const cv::Rect2f kBox(100, 50, 80, 80);

double Between(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 1001) / 1000.0;
}

// The points turned about the middle of `box`.
Landmarks Turned(Landmarks landmarks, const cv::Rect2f& box, double degrees) {
  const cv::Point2f middle = (box.tl() + box.br()) / 2;
  const auto c = static_cast<float>(std::cos(degrees * CV_PI / 180));
  const auto s = static_cast<float>(std::sin(degrees * CV_PI / 180));
  for (cv::Point2f& point : landmarks) {
    const cv::Point2f from = point - middle;
    point = middle + cv::Point2f(c * from.x - s * from.y, s * from.x + c * from.y);
  }
  return landmarks;
}

// A box anywhere, of any size that a picture may show.
cv::Rect2f AnyBox() {
  const auto side = static_cast<float>(Between(10, 4000));
  return {static_cast<float>(Between(-500, 8000)), static_cast<float>(Between(-500, 8000)), side,
          side};
}

RC_GTEST_PROP(LandmarksTest, TheMeanFaceMakesAFaceWhereverHoweverLargeAndHoweverTurned, ()) {
  const cv::Rect2f box = AnyBox();
  RC_ASSERT(MakesAFace(Turned(MeanFaceIn(box), box, Between(-180, 180)), box));
}

RC_GTEST_PROP(LandmarksTest, SmallErrorsOfEveryPointLeaveItAFace, ()) {
  const cv::Rect2f box = AnyBox();
  Landmarks landmarks = MeanFaceIn(box);
  for (cv::Point2f& point : landmarks) {
    point.x += static_cast<float>(Between(-0.05, 0.05)) * box.width;
    point.y += static_cast<float>(Between(-0.05, 0.05)) * box.width;
  }
  RC_ASSERT(MakesAFace(landmarks, box));
}

RC_GTEST_PROP(LandmarksTest, ExchangedPointsMakeNoFace, ()) {
  const cv::Rect2f box = AnyBox();
  Landmarks landmarks = MeanFaceIn(box);
  std::swap(landmarks[4], landmarks[*rc::gen::inRange<std::size_t>(0, 4)]);
  RC_ASSERT(!MakesAFace(landmarks, box));
}

RC_GTEST_PROP(LandmarksTest, AMirroredOrderOfEyesMakesNoFace, ()) {
  const cv::Rect2f box = AnyBox();
  Landmarks landmarks = MeanFaceIn(box);
  std::swap(landmarks[0], landmarks[2]);
  std::swap(landmarks[1], landmarks[3]);
  RC_ASSERT(!MakesAFace(landmarks, box));
}

RC_GTEST_PROP(LandmarksTest, AFaceMuchSmallerOrLargerThanItsBoxIsNone, ()) {
  const cv::Rect2f box = AnyBox();
  const bool larger = *rc::gen::arbitrary<bool>();
  const auto ratio = static_cast<float>(larger ? Between(2.3, 20) : Between(0.01, 0.43));
  const cv::Point2f middle = (box.tl() + box.br()) / 2;
  const cv::Size2f size(box.width * ratio, box.height * ratio);
  const cv::Rect2f other(middle - cv::Point2f(size) / 2, size);
  RC_ASSERT(!MakesAFace(MeanFaceIn(other), box));
}

RC_GTEST_PROP(LandmarksTest, AFaceBesideItsBoxIsNone, ()) {
  const cv::Rect2f box = AnyBox();
  const double angle = Between(0, 2 * CV_PI);
  const double away = Between(0.55, 5) * box.width;
  const cv::Point2f off(static_cast<float>(away * std::cos(angle)),
                        static_cast<float>(away * std::sin(angle)));
  RC_ASSERT(!MakesAFace(MeanFaceIn(box + off), box));
}

TEST(LandmarksTest, PointsThatCoincideOrAreNotNumbersMakeNoFace) {
  Landmarks same;
  same.fill({120, 90});
  EXPECT_FALSE(MakesAFace(same, kBox));
  Landmarks broken = MeanFaceIn(kBox);
  broken[2].x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(MakesAFace(broken, kBox));
  broken[2].x = std::numeric_limits<float>::infinity();
  EXPECT_FALSE(MakesAFace(broken, kBox));
}

TEST(LandmarksTest, NoFaceFitsABoxWithoutArea) {
  EXPECT_FALSE(MakesAFace(MeanFaceIn(kBox), cv::Rect2f(100, 50, 0, 80)));
  EXPECT_FALSE(MakesAFace(MeanFaceIn(kBox), cv::Rect2f(100, 50, 80, -1)));
}

RC_GTEST_PROP(LandmarksTest, ThePoseLeadsFaceUnitsToTheirPixels, ()) {
  const cv::Rect2f box = AnyBox();
  const Landmarks landmarks = Turned(MeanFaceIn(box), box, Between(-180, 180));
  const FacePose pose = PoseOf(landmarks);
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    const cv::Point2d there = pose.At({kMeanFace[i][0], kMeanFace[i][1]});
    RC_ASSERT(cv::norm(there - cv::Point2d(landmarks[i])) < 0.01 + 1e-4 * box.width);
  }
  RC_ASSERT(Distortion(landmarks) < 1e-3);
}

TEST(LandmarksTest, TheFaceBoxOfAnUprightMeanFaceIsTheBoxItWasLaidInto) {
  const cv::Rect2f box = FaceBox(MeanFaceIn(kBox));
  EXPECT_NEAR(box.x, kBox.x, 0.01);
  EXPECT_NEAR(box.y, kBox.y, 0.01);
  EXPECT_NEAR(box.width, kBox.width, 0.01);
  EXPECT_NEAR(box.height, kBox.height, 0.01);
}

TEST(LandmarksTest, LeftAndRightEyeAreThoseOfThePicture) {
  const Landmarks landmarks = MeanFaceIn(kBox);
  EXPECT_LT(LeftEye(landmarks).x, RightEye(landmarks).x);
  EXPECT_NEAR(LeftEye(landmarks).y, RightEye(landmarks).y, 0.5);
}

}  // namespace
}  // namespace homeward
