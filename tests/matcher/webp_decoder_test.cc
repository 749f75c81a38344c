#include "matcher/webp_decoder.h"

#include <gtest/gtest.h>

#include "tests/testing/peak_memory.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::MakeWebp;
using testing::MeanDifference;
using testing::SyntheticPicture;
using testing::WebpCoding;

Result<StoredPicture> Decode(const Bytes& bytes, const PhotoLimits& limits = {}) {
  const auto header = ReadPhotoHeader(bytes, limits);
  if (!header) return std::unexpected(header.error());
  return DecodeWebp(bytes, *header, limits);
}

TEST(WebpDecoderTest, DecodesLossyNearlyAndLosslessExactly) {
  const cv::Mat picture = SyntheticPicture(101, 67);
  const auto lossy = Decode(MakeWebp(picture));
  ASSERT_TRUE(lossy) << lossy.error().message;
  EXPECT_LT(MeanDifference(lossy->bgr, picture), 4);
  const auto lossless = Decode(MakeWebp(picture, {.lossless = true}));
  ASSERT_TRUE(lossless) << lossless.error().message;
  EXPECT_EQ(MeanDifference(lossless->bgr, picture), 0);
}

TEST(WebpDecoderTest, LaysAlphaOverMidGrey) {
  const cv::Mat picture = SyntheticPicture(50, 40);
  for (const bool lossless : {false, true}) {
    const auto half = Decode(MakeWebp(picture, {.lossless = lossless, .alpha = 128}));
    ASSERT_TRUE(half) << half.error().message;
    ASSERT_EQ(half->bgr.type(), CV_8UC3);
    const cv::Mat expected = picture * (128 / 255.0) + cv::Scalar::all(128 * 127 / 255.0);
    EXPECT_LT(MeanDifference(half->bgr, expected), 3);
    const auto none = Decode(MakeWebp(picture, {.lossless = lossless, .alpha = 0}));
    const cv::Mat grey(picture.size(), CV_8UC3, cv::Scalar::all(128));
    EXPECT_EQ(MeanDifference(none->bgr, grey), 0);
  }
}

TEST(WebpDecoderTest, HandsOverRowsWithoutGaps) {
  const auto decoded = Decode(MakeWebp(SyntheticPicture(50, 40), {.alpha = 128}));
  ASSERT_TRUE(decoded);
  EXPECT_TRUE(decoded->bgr.isContinuous());
}

TEST(WebpDecoderTest, ReducesALosslessPhotoToKeepItsMemory) {
  const cv::Mat picture = SyntheticPicture(101, 67);
  constexpr std::int64_t kPixels = 101 * 67;
  const Bytes lossless = MakeWebp(picture, {.lossless = true});
  EXPECT_EQ(Decode(lossless, {.max_decode_bytes = 7 * kPixels})->reduction, 1);
  const auto half = Decode(lossless, {.max_decode_bytes = 7 * kPixels - 1});
  ASSERT_TRUE(half) << half.error().message;
  EXPECT_EQ(half->reduction, 2);
  EXPECT_EQ(half->bgr.size(), cv::Size(51, 34));
  EXPECT_NEAR(cv::mean(half->bgr)[2], cv::mean(picture)[2], 2);
  EXPECT_EQ(Decode(MakeWebp(picture), {.max_decode_bytes = 1})->reduction, 1)
      << "a lossy photo needs no working memory";
}

TEST(WebpDecoderTest, TellsDamage) {
  const Bytes webp = MakeWebp(SyntheticPicture(64, 64), {.lossless = true});
  Bytes zeroed = webp;
  std::fill(zeroed.begin() + 30, zeroed.end(), std::uint8_t{0xFF});
  EXPECT_FALSE(Decode(zeroed));
  const Bytes canvas = testing::WebpCanvas(0, 9, 9);
  const Bytes mismatched =
      testing::RiffFile({testing::RiffChunk("VP8X", canvas), Bytes(webp.begin() + 12, webp.end())});
  EXPECT_EQ(Decode(mismatched).error().reason, Reason::kPhotoCorrupt);
  EXPECT_EQ(Decode(testing::RiffFile({testing::RiffChunk("VP8X", canvas)})).error().reason,
            Reason::kPhotoCorrupt);
}

TEST(WebpDecoderTest, SlowKeepsTwentyFourMegapixelsWithin150Megabytes) {
  if (!testing::kPeaksAreMeaningful) GTEST_SKIP() << "sanitizers keep freed memory";
  const cv::Mat picture = SyntheticPicture(6'000, 4'000);
  for (const WebpCoding& coding :
       {WebpCoding{}, WebpCoding{.lossless = true}, WebpCoding{.alpha = 99}}) {
    const Bytes webp = MakeWebp(picture, coding);
    bool decoded = false;
    const auto peak = testing::PeakGrowth([&] { decoded = Decode(webp).has_value(); });
    if (!peak) GTEST_SKIP() << "this kernel does not tell peaks";
    EXPECT_TRUE(decoded);
    EXPECT_LE(*peak, 150'000'000) << (coding.lossless ? "lossless" : "lossy");
  }
}

}  // namespace
}  // namespace homeward
