#include "matcher/compression_artifacts.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/testing/fake_face_ports.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

const cv::Size kSize(240, 200);
const cv::Rect2f kBox(50, 40, 130, 130);

// Soft shapes of many sizes, as skin and hair are, without any grid.
cv::Mat Clean() {
  cv::Mat noise(kSize, CV_8UC3);
  cv::RNG random(11);
  random.fill(noise, cv::RNG::UNIFORM, 0, 256);
  cv::Mat coarse;
  cv::Mat fine;
  cv::GaussianBlur(noise, coarse, {}, 12);
  cv::GaussianBlur(noise, fine, {}, 1.5);
  cv::Mat picture;
  cv::addWeighted(coarse, 3, fine, 0.5, -320, picture);
  return picture;
}

Photo Compressed(const cv::Mat& bgr, int quality) {
  return DecodePhoto(testing::MakeJpeg(bgr, {.quality = quality})).value();
}

double StepOf(const Photo& photo, const cv::Rect2f& box = kBox) {
  return CompressionArtifacts(photo, box).value();
}

TEST(CompressionArtifactsTest, GrowWithCompression) {
  const cv::Mat clean = Clean();
  double before = StepOf(testing::PhotoOf(clean));
  EXPECT_LT(before, 0.5);
  for (const int quality : {70, 50, 30, 20, 10}) {
    const double step = StepOf(Compressed(clean, quality));
    EXPECT_GT(step, before) << quality;
    before = step;
  }
}

TEST(CompressionArtifactsTest, AreFoundAtAnyOffsetAndInATurnedPhoto) {
  const Photo photo = Compressed(Clean(), 15);
  const double step = StepOf(photo);
  const cv::Mat cropped = photo.bgr(cv::Rect(3, 5, 230, 190)).clone();
  EXPECT_NEAR(StepOf(testing::PhotoOf(cropped), {47, 35, 130, 130}), step, 0.05 * step);
  cv::Mat turned;
  cv::rotate(photo.bgr, turned, cv::ROTATE_90_CLOCKWISE);
  EXPECT_NEAR(StepOf(testing::PhotoOf(turned), {30, 50, 130, 130}), step, 0.05 * step);
}

TEST(CompressionArtifactsTest, StripesInOneDirectionAreNone) {
  cv::Mat striped(kSize, CV_8UC3, cv::Scalar::all(100));
  for (int x = 0; x < striped.cols; x += 8) striped.col(x) = cv::Scalar::all(180);
  EXPECT_EQ(StepOf(testing::PhotoOf(striped)), 0);
}

TEST(CompressionArtifactsTest, APhotoThatWasScaledAfterwardsShowsNone) {
  const Photo photo = Compressed(Clean(), 15);
  cv::Mat scaled;
  cv::resize(photo.bgr, scaled, {}, 0.7, 0.7, cv::INTER_AREA);
  EXPECT_LT(StepOf(testing::PhotoOf(scaled), {20, 20, 100, 100}), StepOf(photo) / 2);
}

TEST(CompressionArtifactsTest, AreNotAssessableOnFewPixels) {
  const Photo photo = Compressed(Clean(), 15);
  EXPECT_TRUE(CompressionArtifacts(photo, {10, 10, 48, 48}));
  EXPECT_FALSE(CompressionArtifacts(photo, {10, 10, 47, 100}));
  EXPECT_FALSE(CompressionArtifacts(photo, {10, 10, 100, 47}));
  EXPECT_FALSE(CompressionArtifacts(photo, {-100, 10, 140, 140}));
  EXPECT_FALSE(CompressionArtifacts(photo, {1e6F, 1e6F, 140, 140}));
}

TEST(CompressionArtifactsTest, AreNotAssessableInOtherPixelsThanTheFiles) {
  Photo photo = Compressed(Clean(), 15);
  photo.decode_scale = 0.5;
  EXPECT_FALSE(CompressionArtifacts(photo, kBox));
  photo.decode_scale = 1;
  photo.format = PhotoFormat::kWebp;
  EXPECT_FALSE(CompressionArtifacts(photo, kBox));
}

TEST(CompressionArtifactsTest, AreMeasuredInTheMiddleOfALargeFace) {
  cv::Mat large(1200, 1200, CV_8UC3, cv::Scalar::all(128));
  const Photo photo = Compressed(Clean(), 10);
  photo.bgr.copyTo(large(cv::Rect({480, 496}, kSize)));
  EXPECT_GT(StepOf(testing::PhotoOf(large), {0, 0, 1200, 1200}), 0.2);
  EXPECT_EQ(StepOf(testing::PhotoOf(large), {730, 700, 400, 400}), 0);
}

}  // namespace
}  // namespace homeward
