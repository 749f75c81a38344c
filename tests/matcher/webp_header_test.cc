#include "matcher/webp_header.h"

#include <gtest/gtest.h>

#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::RiffChunk;
using testing::RiffFile;
using testing::WebpCanvas;

const PhotoLimits kLimits;

Reason Refusal(const Bytes& bytes) {
  const auto header = ReadWebpHeader(bytes, kLimits);
  return header ? Reason::kInternal : header.error().reason;
}

TEST(WebpHeaderTest, ReadsEachLayout) {
  const cv::Mat picture = testing::SyntheticPicture(300, 77);
  const Bytes lossy = testing::MakeWebp(picture);
  for (const Bytes& webp : {lossy, testing::MakeWebp(picture, {.lossless = true}),
                            testing::MakeWebp(picture, {.alpha = 100}),
                            testing::WebpWithExif(lossy, testing::ExifBlock(1))}) {
    const auto header = ReadWebpHeader(webp, kLimits);
    ASSERT_TRUE(header) << header.error().message;
    EXPECT_EQ(header->width_px, 300);
    EXPECT_EQ(header->height_px, 77);
    EXPECT_EQ(header->exif_orientation, 1);
  }
}

TEST(WebpHeaderTest, ReadsTheOrientationWithAndWithoutPrefix) {
  const Bytes webp = testing::MakeWebp(testing::SyntheticPicture(8, 8));
  const Bytes exif = testing::ExifBlock(7);
  EXPECT_EQ(ReadWebpHeader(testing::WebpWithExif(webp, exif), kLimits)->exif_orientation, 7);
  const Bytes prefixed = testing::Joined({{'E', 'x', 'i', 'f', 0, 0}, exif});
  EXPECT_EQ(ReadWebpHeader(testing::WebpWithExif(webp, prefixed), kLimits)->exif_orientation, 7);
}

TEST(WebpHeaderTest, RefusesTooManyPixels) {
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8X", WebpCanvas(0, 16'384, 16'384))})),
            Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8X", WebpCanvas(0, 1 << 24, 1))})),
            Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8L", Bytes{0x2F, 0xFF, 0xFF, 0xFF, 0x0F})})),
            Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(Refusal(RiffFile(
                {RiffChunk("VP8 ", Bytes{0x10, 0, 0, 0x9D, 1, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F})})),
            Reason::kPhotoDimensionsTooLarge);
}

TEST(WebpHeaderTest, RefusesAnimationsByFlagOrFrames) {
  const Bytes canvas = WebpCanvas(0, 9, 9);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8X", WebpCanvas(2, 9, 9))})), Reason::kPhotoAnimated);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8X", canvas), RiffChunk("ANIM", Bytes(6))})),
            Reason::kPhotoAnimated);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8X", canvas), RiffChunk("ANMF", Bytes(16))})),
            Reason::kPhotoAnimated);
}

TEST(WebpHeaderTest, TellsAnEarlyEndFromDamage) {
  const Bytes whole = testing::WebpWithExif(testing::MakeWebp(testing::SyntheticPicture(8, 8)),
                                            testing::ExifBlock(3));
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_EQ(Refusal(Bytes(&whole[0], &whole[size])), Reason::kPhotoTruncated) << size;
  }
  EXPECT_EQ(Refusal(RiffFile({})), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("ICCP", Bytes(9))})), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8 ", Bytes(9))})), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8L", Bytes(9))})), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8X", Bytes(9))})), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(RiffFile({RiffChunk("VP8X", WebpCanvas(0, 9, 9)),
                              Bytes{'V', 'P', '8', ' ', 0xFF, 0xFF, 0, 0}})),
            Reason::kPhotoCorrupt)
      << "a chunk longer than the file";
  Bytes no_length = whole;
  no_length[4] = no_length[5] = 0;
  EXPECT_EQ(Refusal(no_length), Reason::kPhotoCorrupt);
}

}  // namespace
}  // namespace homeward
