#include "matcher/quality.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "tests/testing/fake_face_ports.h"

namespace homeward {
namespace {

using testing::MeanFaceIn;

const cv::Size kPicture(400, 300);

// A chip of sharp detail around a mean luminance.
cv::Mat ChipOf(double luminance) {
  cv::Mat chip(150, 150, CV_8UC3, cv::Scalar::all(luminance));
  cv::RNG random(7);
  cv::Mat noise(chip.size(), CV_8UC3);
  random.fill(noise, cv::RNG::UNIFORM, 0, 30);
  return chip + noise - cv::Scalar::all(15);
}

const Photo& GreyPhoto() {
  static const Photo photo = testing::PhotoOf(cv::Mat(kPicture, CV_8UC3, cv::Scalar::all(128)));
  return photo;
}

Quality MeasureIn(const cv::Rect2f& box, const cv::Mat& chip) {
  return MeasureQuality(GreyPhoto(), MeanFaceIn(box), box, chip);
}

bool Has(const Quality& quality, QualityFlag flag) {
  return std::ranges::find(quality.flags, flag) != quality.flags.end();
}

TEST(QualityTest, AGoodFaceHasNoFlag) {
  const Quality quality = MeasureIn({100, 100, 120, 120}, ChipOf(128));
  EXPECT_TRUE(quality.flags.empty());
  EXPECT_NEAR(quality.brightness, 128, 3);
  EXPECT_NEAR(quality.roll_degrees, 0, 1);
  EXPECT_NEAR(quality.yaw, 0, 0.01);
}

TEST(QualityTest, MeasuresTheDistanceBetweenTheEyesMiddles) {
  const Landmarks landmarks = {cv::Point2f(110, 50), {90, 50}, {10, 50}, {30, 50}, {60, 90}};
  const Quality quality = MeasureQuality(GreyPhoto(), landmarks, {0, 0, 130, 130}, ChipOf(128));
  EXPECT_FLOAT_EQ(quality.eye_distance_px, 80);
}

TEST(QualityTest, FlagsASmallFace) {
  EXPECT_TRUE(Has(MeasureIn({100, 100, 40, 40}, ChipOf(128)), QualityFlag::kTooSmall));
}

TEST(QualityTest, FlagsDarkAndBrightFaces) {
  const cv::Rect2f box(100, 100, 120, 120);
  EXPECT_TRUE(Has(MeasureIn(box, ChipOf(40)), QualityFlag::kDark));
  EXPECT_TRUE(Has(MeasureIn(box, ChipOf(225)), QualityFlag::kBright));
}

TEST(QualityTest, BlurLowersSharpnessAndIsFlagged) {
  const cv::Rect2f box(100, 100, 120, 120);
  const cv::Mat chip = ChipOf(128);
  cv::Mat blurred;
  cv::GaussianBlur(chip, blurred, {}, 4);
  const Quality sharp = MeasureIn(box, chip);
  const Quality soft = MeasureIn(box, blurred);
  EXPECT_LT(soft.sharpness, sharp.sharpness / 10);
  EXPECT_TRUE(Has(soft, QualityFlag::kBlurred));
  EXPECT_FALSE(Has(sharp, QualityFlag::kBlurred));
}

TEST(QualityTest, ANoseFarFromTheMiddleIsATurnedHead) {
  const cv::Rect2f box(100, 100, 120, 120);
  Landmarks landmarks = MeanFaceIn(box);
  landmarks[4].x += 25;
  const Quality right = MeasureQuality(GreyPhoto(), landmarks, box, ChipOf(128));
  landmarks[4].x -= 50;
  const Quality left = MeasureQuality(GreyPhoto(), landmarks, box, ChipOf(128));
  EXPECT_TRUE(Has(right, QualityFlag::kTurned));
  EXPECT_TRUE(Has(left, QualityFlag::kTurned));
  EXPECT_GT(right.yaw, 0);
  EXPECT_LT(left.yaw, 0);
}

TEST(QualityTest, RollIsTheEyeLinesAndFlagsNothing) {
  Landmarks landmarks = MeanFaceIn({100, 100, 120, 120});
  for (cv::Point2f& point : landmarks) point = {400 - point.x, 300 - point.y};
  const Quality quality = MeasureQuality(GreyPhoto(), landmarks, {180, 80, 120, 120}, ChipOf(128));
  EXPECT_NEAR(std::abs(quality.roll_degrees), 180, 1);
  EXPECT_NEAR(quality.yaw, 0, 0.01);
  EXPECT_TRUE(quality.flags.empty());
}

TEST(QualityTest, FlagsAFaceThatThePictureCuts) {
  for (const cv::Rect2f box : {cv::Rect2f(-5, 100, 120, 120), cv::Rect2f(100, -5, 120, 120),
                               cv::Rect2f(290, 100, 120, 120), cv::Rect2f(100, 190, 120, 120)}) {
    EXPECT_TRUE(Has(MeasureIn(box, ChipOf(128)), QualityFlag::kAtBorder)) << box;
  }
}

TEST(QualityTest, HasEachComponentOfThisVersionOnceInTheSetsOrder) {
  const Quality quality = MeasureIn({100, 100, 120, 120}, ChipOf(128));
  EXPECT_EQ(quality.version, kQualityVersion);
  ASSERT_EQ(quality.components.size(), kQualityMeasures.size());
  for (std::size_t i = 0; i < kQualityMeasures.size(); ++i) {
    EXPECT_EQ(quality.components[i].measure, kQualityMeasures[i]);
    EXPECT_EQ(ComponentOf(quality, kQualityMeasures[i]), &quality.components[i]);
  }
}

TEST(QualityTest, AComponentRepeatsTheNativeThatExpectedMissesAreFittedTo) {
  const Quality quality = MeasureIn({100, 100, 120, 120}, ChipOf(128));
  EXPECT_EQ(ComponentOf(quality, QualityMeasure::kInterEyeDistance)->native,
            quality.eye_distance_px);
  EXPECT_EQ(ComponentOf(quality, QualityMeasure::kSharpness)->native, quality.sharpness);
}

TEST(QualityTest, TellsNoComponentThatAnotherVersionMeasured) {
  Quality quality = MeasureIn({100, 100, 120, 120}, ChipOf(128));
  quality.version = kQualityVersion + 1;
  EXPECT_EQ(ComponentOf(quality, QualityMeasure::kSharpness), nullptr);
  EXPECT_EQ(ComponentOf(Quality{}, QualityMeasure::kSharpness), nullptr);
}

}  // namespace
}  // namespace homeward
