#include "models/mmod_detector.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/models/face_samples.h"

namespace homeward {
namespace {

std::unique_ptr<MmodDetector> Loaded() {
  return MmodDetector::Load(
             testing::ReadFile(testing::WeightsFolder() / "mmod_human_face_detector.dat"))
      .value();
}

TEST(MmodDetectorTest, RefusesBytesThatAreNotItsWeights) {
  EXPECT_EQ(MmodDetector::Load(std::string("no weights at all")).error().reason,
            Reason::kModelMismatch);
  EXPECT_EQ(MmodDetector::Load({}).error().reason, Reason::kModelMismatch);
}

TEST(MmodDetectorTest, SeesNoFaceInAnEmptyPicture) {
  const cv::Mat grey(120, 160, CV_8UC3, cv::Scalar::all(128));
  EXPECT_TRUE(Loaded()->Detect(grey)->empty());
}

TEST(MmodDetectorTest, ACopyFindsTheSameFaces) {
  const auto photos = testing::SamplePhotos("lfw", 2);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto detector = Loaded();
  const auto copy = detector->Copy().value();
  const cv::Mat picture = testing::ReadPhoto(photos.front()).bgr;
  const auto boxes = detector->Detect(picture);
  ASSERT_TRUE(boxes);
  EXPECT_FALSE(boxes->empty());
  EXPECT_EQ(*boxes, copy->Detect(picture).value());
}

}  // namespace
}  // namespace homeward
