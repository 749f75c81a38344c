#include "matcher/picture_copy.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/testing/fake_face_ports.h"

namespace homeward {
namespace {

using testing::PictureOf;
using testing::RedDetector;

RC_GTEST_PROP(PictureCopyTest, ASquareSeenInACopyIsLedBackToWhereItIs, ()) {
  const cv::Size size(*rc::gen::inRange(60, 500), *rc::gen::inRange(60, 500));
  const int side = *rc::gen::inRange(24, 60);
  const cv::Rect face(*rc::gen::inRange(0, size.width - side + 1),
                      *rc::gen::inRange(0, size.height - side + 1), side, side);
  const CopyPlan plan{.scale = *rc::gen::element(0.5, 0.77, 1.0, 1.4, 2.0),
                      .border = *rc::gen::element(0.0, 0.25),
                      .turn_degrees = *rc::gen::element(0, 90, -90, 180)};
  const PictureCopy copy = CopyPicture(PictureOf(size, {face}), plan);
  std::vector<cv::Size> seen;
  const auto boxes = RedDetector({}, seen).Detect(copy.bgr).value();
  RC_ASSERT(boxes.size() == 1U);
  const cv::Rect2f back = copy.InPicture(boxes.front());
  const double slack = 1.5 / std::min(plan.scale, 1.0);
  RC_ASSERT(std::abs(back.x - static_cast<float>(face.x)) <= slack);
  RC_ASSERT(std::abs(back.y - static_cast<float>(face.y)) <= slack);
  RC_ASSERT(std::abs(back.width - static_cast<float>(side)) <= 2 * slack);
}

TEST(PictureCopyTest, ATurnedCopyHoldsThePictureWithItsCorners) {
  const cv::Mat picture = PictureOf({200, 100}, {{0, 0, 20, 20}, {180, 80, 20, 20}});
  const PictureCopy copy = CopyPicture(picture, {.scale = 1, .border = 0, .turn_degrees = 30});
  std::vector<cv::Size> seen;
  EXPECT_EQ(RedDetector({}, seen).Detect(copy.bgr).value().size(), 2U);
}

TEST(PictureCopyTest, TurnsClockwise) {
  const cv::Mat picture = PictureOf({100, 100}, {{0, 0, 20, 20}});
  const PictureCopy copy = CopyPicture(picture, {.scale = 1, .border = 0, .turn_degrees = 90});
  std::vector<cv::Size> seen;
  const auto boxes = RedDetector({}, seen).Detect(copy.bgr).value();
  ASSERT_EQ(boxes.size(), 1U);
  EXPECT_GT(boxes.front().x, 75);  // upper left has become upper right
  EXPECT_LT(boxes.front().y, 5);
}

TEST(PictureCopyTest, ABorderIsGrey) {
  const PictureCopy copy = CopyPicture(PictureOf({100, 60}, {}), {.scale = 1, .border = 0.25});
  EXPECT_EQ(copy.bgr.size(), cv::Size(150, 110));
  EXPECT_EQ(copy.bgr.at<cv::Vec3b>(0, 0), cv::Vec3b(128, 128, 128));
}

TEST(PictureCopyTest, AnUnchangedCopySharesThePixels) {
  const cv::Mat picture = PictureOf({100, 60}, {});
  EXPECT_EQ(CopyPicture(picture, {}).bgr.data, picture.data);
}

RC_GTEST_PROP(PictureCopyTest, TheScaleKeepsToThePixelsAndToTheLargestScale, ()) {
  const cv::Size size(*rc::gen::inRange(1, 16'384), *rc::gen::inRange(1, 16'384));
  const double border = *rc::gen::element(0.0, 0.25);
  const double scale = ScaleFor(size, border, 640 * 480, 2);
  const double around = 2 * border * std::max(size.width, size.height);
  RC_ASSERT(scale <= 2);
  RC_ASSERT(scale * scale * (size.width + around - 2) * (size.height + around - 2) <=
            640 * 480 * 1.001);
}

}  // namespace
}  // namespace homeward
