#include "models/hog_detector.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/models/face_samples.h"

namespace homeward {
namespace {

TEST(HogDetectorTest, SeesNoFaceInAnEmptyPicture) {
  const cv::Mat grey(240, 320, CV_8UC3, cv::Scalar::all(128));
  EXPECT_TRUE(HogDetector::Create().value()->Detect(grey)->empty());
}

TEST(HogDetectorTest, TakesAPictureSmallerThanItsWindow) {
  const cv::Mat dot(1, 1, CV_8UC3, cv::Scalar::all(128));
  EXPECT_TRUE(HogDetector::Create().value()->Detect(dot)->empty());
}

TEST(HogDetectorTest, AnUnsuitablePictureIsAnErrorAndNoException) {
  const cv::Mat grey(240, 320, CV_8UC1, cv::Scalar::all(128));
  EXPECT_EQ(HogDetector::Create().value()->Detect(grey).error().reason, Reason::kInternal);
}

TEST(HogDetectorTest, ACopyFindsTheSameFaces) {
  const auto photos = testing::SamplePhotos("lfw", 2);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto detector = HogDetector::Create().value();
  const auto copy = detector->Copy().value();
  cv::Mat picture;
  cv::resize(testing::ReadPhoto(photos.front()).bgr, picture, {}, 2, 2);
  const auto boxes = detector->Detect(picture);
  ASSERT_TRUE(boxes);
  EXPECT_FALSE(boxes->empty());
  EXPECT_EQ(*boxes, copy->Detect(picture).value());
}

}  // namespace
}  // namespace homeward
