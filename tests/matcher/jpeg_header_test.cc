#include "matcher/jpeg_header.h"

#include <gtest/gtest.h>

#include "tests/testing/photo_bombs.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::FromText;
using testing::Joined;
using testing::JpegHeaderOnly;
using testing::JpegSegment;

const PhotoLimits kLimits;

Reason Refusal(const Bytes& bytes) {
  const auto header = ReadJpegHeader(bytes, kLimits);
  return header ? Reason::kInternal : header.error().reason;
}

TEST(JpegHeaderTest, ReadsEveryFrameThatDecodes) {
  for (const std::uint8_t frame :
       std::initializer_list<std::uint8_t>{0xC0, 0xC1, 0xC2, 0xC9, 0xCA}) {
    const auto header = ReadJpegHeader(JpegHeaderOnly(640, 480, frame), kLimits);
    ASSERT_TRUE(header) << int{frame};
    EXPECT_EQ(header->width_px, 640);
    EXPECT_EQ(header->height_px, 480);
  }
}

TEST(JpegHeaderTest, NamesLosslessAndDeepJpegs) {
  for (const std::uint8_t frame :
       std::initializer_list<std::uint8_t>{0xC3, 0xC7, 0xCB, 0xCF, 0xF7}) {
    EXPECT_EQ(Refusal(JpegHeaderOnly(16, 16, frame)), Reason::kPhotoFormatUnsupported);
  }
  const Bytes deep =
      Joined({FromText("\xFF\xD8"), JpegSegment(0xC1, Bytes{12, 0, 9, 0, 9, 1, 1, 17, 0})});
  EXPECT_EQ(Refusal(deep), Reason::kPhotoFormatUnsupported);
}

TEST(JpegHeaderTest, LooksForTheFrameBehindOtherSegmentsAndFillBytes) {
  const Bytes head = Joined({JpegSegment(0xE0, FromText("JFIF")), FromText("\xFF\xFF\xFF"),
                             JpegSegment(0xDB, Bytes(65)), JpegSegment(0xC4, Bytes(30)),
                             JpegSegment(0xFE, FromText("\xFF\xC0 in a comment"))});
  const auto header = ReadJpegHeader(testing::WithSegment(JpegHeaderOnly(7, 9), head), kLimits);
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->width_px, 7);
}

TEST(JpegHeaderTest, ReadsTheFirstExifOnly) {
  Bytes jpeg = testing::JpegWithExif(JpegHeaderOnly(7, 9), testing::ExifBlock(3));
  jpeg = testing::JpegWithExif(jpeg, testing::ExifBlock(6, true));
  EXPECT_EQ(ReadJpegHeader(jpeg, kLimits)->exif_orientation, 6);
  const Bytes xmp = JpegSegment(0xE1, FromText("http://ns.adobe.com/xap/1.0/"));
  EXPECT_EQ(ReadJpegHeader(testing::WithSegment(jpeg, xmp), kLimits)->exif_orientation, 6);
}

TEST(JpegHeaderTest, RefusesAGiantAtItsFrameHeader) {
  EXPECT_EQ(Refusal(JpegHeaderOnly(65'500, 65'500)), Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(Refusal(JpegHeaderOnly(16'385, 1)), Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(Refusal(JpegHeaderOnly(8'100, 8'000)), Reason::kPhotoDimensionsTooLarge);
  EXPECT_TRUE(ReadJpegHeader(JpegHeaderOnly(8'000, 8'000), kLimits));
  EXPECT_TRUE(ReadJpegHeader(JpegHeaderOnly(6'944, 9'248), kLimits)) << "as phones take them";
}

TEST(JpegHeaderTest, TellsAnEarlyEndFromDamage) {
  const Bytes whole = testing::JpegWithExif(JpegHeaderOnly(7, 9), testing::ExifBlock(3));
  const std::size_t behind_frame = whole.size() - 2;
  for (std::size_t size = 1; size < behind_frame; ++size) {
    EXPECT_EQ(Refusal(Bytes(&whole[0], &whole[size])), Reason::kPhotoTruncated) << size;
  }
  EXPECT_EQ(Refusal(FromText("\xFF\xD8\xFF\xD9")), Reason::kPhotoCorrupt) << "no frame";
  EXPECT_EQ(Refusal(FromText("\xFF\xD8\xFF\xDA")), Reason::kPhotoCorrupt) << "a scan without frame";
  EXPECT_EQ(Refusal(FromText("\xFF\xD8\xFF\xD8")), Reason::kPhotoCorrupt) << "two starts";
  EXPECT_EQ(Refusal(FromText("\xFF\xD8\xFFno")), Reason::kPhotoTruncated) << "a long segment";
  EXPECT_EQ(Refusal(FromText("\xFF\xD8\x01\x02")), Reason::kPhotoCorrupt) << "no marker";
  EXPECT_EQ(Refusal({0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0}), Reason::kPhotoCorrupt) << "a short length";
  EXPECT_EQ(Refusal(JpegHeaderOnly(0, 9)), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(JpegHeaderOnly(9, 0)), Reason::kPhotoCorrupt) << "height told after the scan";
}

}  // namespace
}  // namespace homeward
