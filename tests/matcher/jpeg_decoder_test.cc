#include "matcher/jpeg_decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/testing/peak_memory.h"
#include "tests/testing/photo_bombs.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::JpegCoding;
using testing::JpegColour;
using testing::JpegScans;
using testing::MakeJpeg;
using testing::MeanDifference;
using testing::SyntheticPicture;

Result<StoredPicture> Decode(const Bytes& bytes, const PhotoLimits& limits = {}) {
  const auto header = ReadPhotoHeader(bytes, limits);
  if (!header) return std::unexpected(header.error());
  return DecodeJpeg(bytes, *header, limits);
}

std::ptrdiff_t PlaceOf(const Bytes& bytes, std::uint8_t marker) {
  const std::array<std::uint8_t, 2> code = {0xFF, marker};
  return std::ranges::search(bytes, code).begin() - bytes.begin();
}

TEST(JpegDecoderTest, DecodesEveryColourSpaceToTheSamePicture) {
  const cv::Mat picture = SyntheticPicture(93, 58);
  for (const JpegColour colour :
       {JpegColour::kYcc, JpegColour::kRgb, JpegColour::kCmyk, JpegColour::kYcck}) {
    const auto decoded = Decode(MakeJpeg(picture, {.colour = colour}));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_LT(MeanDifference(decoded->bgr, picture), 3) << static_cast<int>(colour);
  }
  const auto plain_inks =
      Decode(MakeJpeg(picture, {.colour = JpegColour::kCmyk, .adobe_marker = false}));
  ASSERT_TRUE(plain_inks) << plain_inks.error().message;
  EXPECT_LT(MeanDifference(plain_inks->bgr, picture), 3) << "inks that are not inverted";
}

TEST(JpegDecoderTest, MakesThreeEqualChannelsOfGrey) {
  const auto decoded = Decode(MakeJpeg(SyntheticPicture(40, 30), {.colour = JpegColour::kGrey}));
  ASSERT_TRUE(decoded) << decoded.error().message;
  ASSERT_EQ(decoded->bgr.type(), CV_8UC3);
  std::array<cv::Mat, 3> channels;
  cv::split(decoded->bgr, channels.data());
  EXPECT_EQ(MeanDifference(channels[0], channels[1]), 0);
  EXPECT_EQ(MeanDifference(channels[0], channels[2]), 0);
  EXPECT_GT(channels[0].at<std::uint8_t>(29, 39), channels[0].at<std::uint8_t>(0, 39));
}

TEST(JpegDecoderTest, DecodesEveryCoding) {
  const cv::Mat picture = SyntheticPicture(61, 83);
  for (const JpegScans scans :
       {JpegScans::kOne, JpegScans::kByComponent, JpegScans::kProgressive, JpegScans::kSpectral}) {
    for (const bool arithmetic : {false, true}) {
      const auto decoded = Decode(MakeJpeg(
          picture, {.scans = scans, .arithmetic = arithmetic, .restart_interval = arithmetic}));
      ASSERT_TRUE(decoded) << decoded.error().message;
      EXPECT_LT(MeanDifference(decoded->bgr, picture), 3) << static_cast<int>(scans);
    }
  }
}

TEST(JpegDecoderTest, ReducesOnlyAsFarAsThePixelsMustFit) {
  const cv::Mat picture = SyntheticPicture(101, 75);
  const Bytes jpeg = MakeJpeg(picture);
  for (const auto& [max_pixels, reduction] : {std::pair{101 * 75, 1},
                                              {101 * 75 - 1, 2},
                                              {51 * 38, 2},
                                              {51 * 38 - 1, 4},
                                              {26 * 19 - 1, 8}}) {
    const auto decoded = Decode(jpeg, {.max_pixels = max_pixels});
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->reduction, reduction);
    EXPECT_EQ(decoded->bgr.cols, (101 + reduction - 1) / reduction);
    EXPECT_EQ(decoded->bgr.rows, (75 + reduction - 1) / reduction);
    EXPECT_NEAR(cv::mean(decoded->bgr)[1], cv::mean(picture)[1], 8) << "the last row is rounded up";
  }
}

TEST(JpegDecoderTest, ReducesAProgressivePhotoToKeepItsMemory) {
  const Bytes jpeg =
      MakeJpeg(SyntheticPicture(160, 160), {.scans = JpegScans::kProgressive, .full_chroma = true});
  constexpr std::int64_t kCoefficients = 160 * 160 * 6;
  const auto reduction_within = [&](std::int64_t max_decode_bytes) {
    const auto decoded = Decode(jpeg, {.max_decode_bytes = max_decode_bytes});
    return decoded ? decoded->reduction : 0;
  };
  EXPECT_EQ(reduction_within(kCoefficients + 160 * 160 * 3), 1);
  EXPECT_EQ(reduction_within(kCoefficients + 160 * 160 * 3 - 1), 2);
  EXPECT_EQ(reduction_within(kCoefficients + 80 * 80 * 3 - 1), 4);
  EXPECT_EQ(reduction_within(kCoefficients - 1), 2) << "reducing does not help";
}

TEST(JpegDecoderTest, RefusesAProgressivePhotoWhoseCoefficientsAreTooMany) {
  const cv::Mat picture = SyntheticPicture(800, 800);
  const PhotoLimits limits{.max_decode_bytes = 500'000};
  const auto refused = Decode(MakeJpeg(picture, {.scans = JpegScans::kProgressive}), limits);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(refused.error().metadata.at("width_px"), "800");
  EXPECT_TRUE(Decode(MakeJpeg(picture), limits)) << "a baseline photo needs no coefficients";
}

TEST(JpegDecoderTest, RefusesMoreThanAHundredScans) {
  EXPECT_TRUE(Decode(testing::JpegOfManyScans(64, 64, 97))) << "3 scans come before them";
  const auto refused = Decode(testing::JpegOfManyScans(64, 64, 98));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kPhotoCorrupt);
  EXPECT_EQ(refused.error().metadata.at("detail"), "more than 100 scans");
}

TEST(JpegDecoderTest, TellsAnEarlyEndFromDamage) {
  const Bytes jpeg = MakeJpeg(SyntheticPicture(64, 64));
  const Bytes without_end(jpeg.begin(), jpeg.end() - 2);
  EXPECT_EQ(Decode(without_end).error().reason, Reason::kPhotoTruncated);
  Bytes cut = jpeg;  // the end marker is there, and not all pixels before it
  cut.erase(cut.end() - 200, cut.end() - 2);
  EXPECT_EQ(Decode(cut).error().reason, Reason::kPhotoCorrupt);
  Bytes no_table = jpeg;
  no_table[static_cast<std::size_t>(PlaceOf(jpeg, 0xDB)) + 1] = 0xFE;
  EXPECT_EQ(Decode(no_table).error().reason, Reason::kPhotoCorrupt);
}

TEST(JpegDecoderTest, LetsPassWhatConcernsNoPixel) {
  const cv::Mat picture = SyntheticPicture(64, 64);
  const Bytes jpeg = MakeJpeg(picture);
  Bytes padded = jpeg;
  padded.insert(padded.end() - 2, 3, 0);
  Bytes new_jfif = jpeg;
  new_jfif[static_cast<std::size_t>(PlaceOf(jpeg, 0xE0)) + 9] = 9;
  for (const Bytes& odd : {padded, new_jfif}) {
    const auto decoded = Decode(odd);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_LT(MeanDifference(decoded->bgr, picture), 3);
  }
  Bytes lost = jpeg;
  lost.insert(lost.end() - 2, 300, 0);
  EXPECT_EQ(Decode(lost).error().reason, Reason::kPhotoCorrupt) << "more than padding";
}

TEST(JpegDecoderTest, RefusesAHeaderOfAnotherPhoto) {
  const Bytes jpeg = MakeJpeg(SyntheticPicture(64, 64));
  const auto refused = DecodeJpeg(jpeg, {PhotoFormat::kJpeg, 64, 63}, {});
  EXPECT_EQ(refused.error().reason, Reason::kPhotoCorrupt);
}

TEST(JpegDecoderTest, SlowDecodesSixtyFourMegapixelsAtHalfScale) {
  const cv::Mat picture = SyntheticPicture(9'248, 6'936);
  const Bytes jpeg = MakeJpeg(picture, {.quality = 60});
  const auto decoded = Decode(jpeg);
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(decoded->reduction, 2);
  EXPECT_EQ(decoded->bgr.size(), cv::Size(4'624, 3'468));
  EXPECT_NEAR(cv::mean(decoded->bgr)[1], cv::mean(picture)[1], 3);
}

TEST(JpegDecoderTest, SlowKeepsTwentyFourMegapixelsWithin150Megabytes) {
  if (!testing::kPeaksAreMeaningful) GTEST_SKIP() << "sanitizers keep freed memory";
  for (const JpegCoding& coding :
       {JpegCoding{}, JpegCoding{.scans = JpegScans::kProgressive},
        JpegCoding{.scans = JpegScans::kProgressive, .full_chroma = true},
        JpegCoding{.colour = JpegColour::kCmyk}}) {
    const Bytes jpeg = MakeJpeg(SyntheticPicture(6'000, 4'000), coding);
    bool decoded = false;
    const auto peak = testing::PeakGrowth([&] { decoded = Decode(jpeg).has_value(); });
    if (!peak) GTEST_SKIP() << "this kernel does not tell peaks";
    EXPECT_TRUE(decoded);
    EXPECT_LE(*peak, 150'000'000) << static_cast<int>(coding.scans);
  }
}

}  // namespace
}  // namespace homeward
