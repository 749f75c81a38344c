#include "matcher/png_decoder.h"

#include <gtest/gtest.h>

#include "tests/testing/hostile_photo.h"
#include "tests/testing/peak_memory.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::MakePng;
using testing::MeanDifference;
using testing::PngCoding;
using testing::SyntheticPicture;

Result<StoredPicture> Decode(const Bytes& bytes, const PhotoLimits& limits = {}) {
  const auto header = ReadPhotoHeader(bytes, limits);
  if (!header) return std::unexpected(header.error());
  return DecodePng(bytes, *header, limits);
}

// The picture that a coding of `picture` keeps: grey where there is no colour, few levels where
// there are few bits.
cv::Mat Kept(const cv::Mat& picture, const PngCoding& coding) {
  cv::Mat kept = picture.clone();
  const bool colour = (coding.colour_type & 2) != 0 && coding.colour_type != 3;
  const int bits = std::min(coding.bit_depth, 8);
  for (auto& pixel : cv::Mat_<cv::Vec3b>(kept)) {
    if (!colour) pixel = {pixel[1], pixel[1], pixel[1]};
    const int top = (1 << bits) - 1;
    for (int c = 0; c < 3; ++c) {
      pixel[c] = static_cast<std::uint8_t>((pixel[c] >> (8 - bits)) * 255 / top);
    }
  }
  return kept;
}

TEST(PngDecoderTest, DecodesEveryColourTypeDepthAndOrderExactly) {
  const cv::Mat picture = SyntheticPicture(53, 39);
  for (const auto& [type, depth] : {std::pair{0, 1},
                                    {0, 2},
                                    {0, 4},
                                    {0, 8},
                                    {0, 16},
                                    {2, 8},
                                    {2, 16},
                                    {3, 1},
                                    {3, 2},
                                    {3, 4},
                                    {3, 8},
                                    {4, 8},
                                    {4, 16},
                                    {6, 8},
                                    {6, 16}}) {
    for (const bool interlaced : {false, true}) {
      const PngCoding coding{.colour_type = type, .bit_depth = depth, .interlaced = interlaced};
      const auto decoded = Decode(MakePng(picture, coding));
      ASSERT_TRUE(decoded) << decoded.error().message;
      EXPECT_EQ(MeanDifference(decoded->bgr, Kept(picture, coding)), 0)
          << "type " << type << " depth " << depth << (interlaced ? " interlaced" : "");
    }
  }
}

TEST(PngDecoderTest, LaysAlphaOverMidGrey) {
  const cv::Mat white(9, 9, CV_8UC3, cv::Scalar::all(255));
  const cv::Mat black(9, 9, CV_8UC3, cv::Scalar::all(0));
  for (const int type : {4, 6}) {
    for (const int depth : {8, 16}) {
      for (const bool interlaced : {false, true}) {
        const auto level = [&](const cv::Mat& picture, int alpha) {
          const auto decoded = Decode(MakePng(
              picture,
              {.colour_type = type, .bit_depth = depth, .interlaced = interlaced, .alpha = alpha}));
          const cv::Vec3b pixel = decoded->bgr.at<cv::Vec3b>(4, 4);
          EXPECT_EQ(pixel[0], pixel[1]);
          EXPECT_EQ(pixel[0], pixel[2]);
          return int{pixel[0]};
        };
        EXPECT_EQ(level(white, 0), 128) << "type " << type << " depth " << depth;
        EXPECT_EQ(level(black, 0), 128);
        EXPECT_EQ(level(white, 255), 255);
        EXPECT_NEAR(level(white, 128), 192, 1);
        EXPECT_NEAR(level(black, 128), 64, 1);
      }
    }
  }
}

TEST(PngDecoderTest, LaysATransparentColourOverMidGrey) {
  const cv::Mat picture = SyntheticPicture(40, 40);
  for (const auto& [type, depth] :
       {std::pair{0, 2}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 2}, {3, 8}}) {
    const auto decoded = Decode(
        MakePng(picture, {.colour_type = type, .bit_depth = depth, .transparent_colour = true}));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->bgr.at<cv::Vec3b>(0, 0), cv::Vec3b(128, 128, 128))
        << "type " << type << " depth " << depth;
    EXPECT_NE(decoded->bgr.at<cv::Vec3b>(39, 39), cv::Vec3b(128, 128, 128));
  }
}

TEST(PngDecoderTest, TellsDamage) {
  const Bytes png = MakePng(SyntheticPicture(64, 64));
  Bytes flipped = png;
  flipped[png.size() / 2] ^= 1;
  EXPECT_EQ(Decode(flipped).error().reason, Reason::kPhotoCorrupt);
  const Bytes header = testing::PngChunkOfTwo("IHDR", 8, 8, {8, 2, 0, 0, 0});
  const Bytes end = testing::PngChunk("IEND", {});
  EXPECT_EQ(Decode(testing::PngFile({header, end})).error().reason, Reason::kPhotoCorrupt)
      << "no pixels";
  Bytes taller = png;  // more rows than pixels
  const Bytes other_header = testing::PngChunkOfTwo("IHDR", 64, 65, {8, 2, 0, 0, 0});
  std::ranges::copy(other_header, taller.begin() + 8);
  EXPECT_EQ(Decode(taller).error().reason, Reason::kPhotoCorrupt);
}

TEST(PngDecoderTest, RefusesAHeaderOfAnotherPhoto) {
  const Bytes png = MakePng(SyntheticPicture(64, 64));
  EXPECT_EQ(DecodePng(png, {PhotoFormat::kPng, 63, 64}, {}).error().reason, Reason::kPhotoCorrupt);
}

TEST(PngDecoderTest, SlowKeepsTwentyFourMegapixelsWithin150Megabytes) {
  if (!testing::kPeaksAreMeaningful) GTEST_SKIP() << "sanitizers keep freed memory";
  const cv::Mat picture = SyntheticPicture(6'000, 4'000);
  for (const PngCoding& coding :
       {PngCoding{},
        PngCoding{.colour_type = 6, .bit_depth = 16, .interlaced = true, .alpha = 9}}) {
    const Bytes png = MakePng(picture, coding);
    bool decoded = false;
    const auto peak = testing::PeakGrowth([&] { decoded = Decode(png).has_value(); });
    if (!peak) GTEST_SKIP() << "this kernel does not tell peaks";
    EXPECT_TRUE(decoded);
    EXPECT_LE(*peak, 150'000'000) << "depth " << coding.bit_depth;
  }
}

}  // namespace
}  // namespace homeward
