#include <gtest/gtest.h>

#include <set>

#include "matcher/photo.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

// The markers up to the first scan.
std::multiset<int> Markers(const std::vector<std::uint8_t>& jpeg) {
  std::multiset<int> markers;
  for (std::size_t at = 2; at + 4 <= jpeg.size();) {
    markers.insert(jpeg[at + 1]);
    if (jpeg[at + 1] == 0xDA) break;
    at += 2 + (std::size_t{jpeg[at + 2]} << 8) + jpeg[at + 3];
  }
  return markers;
}

TEST(JpegEncoderTest, WritesBaselineThatDecodesToTheSamePicture) {
  const cv::Mat picture = testing::SyntheticPicture(123, 77);
  const auto jpeg = EncodeJpeg(picture);
  ASSERT_TRUE(jpeg) << jpeg.error().message;
  EXPECT_EQ(Markers(*jpeg).count(0xC0), 1u);
  const auto photo = DecodePhoto(*jpeg);
  ASSERT_TRUE(photo) << photo.error().message;
  EXPECT_LT(testing::MeanDifference(photo->bgr, picture), 3);
}

TEST(JpegEncoderTest, WritesNoMetadata) {
  const auto jpeg = EncodeJpeg(testing::SyntheticPicture(16, 16));
  ASSERT_TRUE(jpeg);
  for (const int marker : Markers(*jpeg)) {
    const bool application_data = marker >= 0xE1 && marker <= 0xEF;
    EXPECT_FALSE(application_data || marker == 0xFE) << marker;
  }
}

TEST(JpegEncoderTest, TakesAPartOfAPicture) {
  const cv::Mat picture = testing::SyntheticPicture(200, 100);
  const cv::Mat part = picture(cv::Rect(50, 20, 60, 40));
  const auto photo = DecodePhoto(*EncodeJpeg(part));
  ASSERT_TRUE(photo);
  EXPECT_LT(testing::MeanDifference(photo->bgr, part), 3);
}

TEST(JpegEncoderTest, SpendsMoreBytesOnMoreQuality) {
  cv::Mat noise(64, 64, CV_8UC3);
  cv::RNG(7).fill(noise, cv::RNG::UNIFORM, 0, 256);
  EXPECT_LT(EncodeJpeg(noise, 30)->size(), EncodeJpeg(noise, 95)->size());
}

TEST(JpegEncoderTest, SaysWhenAPictureIsTooLargeForJpeg) {
  const auto refused = EncodeJpeg(cv::Mat(1, 70'000, CV_8UC3, cv::Scalar::all(0)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kInternal);
}

}  // namespace
}  // namespace homeward
