#include "matcher/png_header.h"

#include <gtest/gtest.h>

#include "tests/testing/hostile_photo.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::FromText;
using testing::PngChunk;
using testing::PngChunkOfTwo;
using testing::PngFile;

const PhotoLimits kLimits;

Bytes Ihdr(std::uint32_t width, std::uint32_t height) {
  return PngChunkOfTwo("IHDR", width, height, {8, 2, 0, 0, 0});
}

Bytes Png(std::uint32_t width, std::uint32_t height, const std::vector<Bytes>& chunks = {}) {
  return PngFile({Ihdr(width, height), testing::Joined(chunks), PngChunk("IEND", {})});
}

Reason Refusal(const Bytes& bytes) {
  const auto header = ReadPngHeader(bytes, kLimits);
  return header ? Reason::kInternal : header.error().reason;
}

TEST(PngHeaderTest, ReadsSizeAndOrientation) {
  const auto header = ReadPngHeader(
      Png(640, 480,
          {PngChunk("tEXt", FromText("a\0b")), PngChunk("eXIf", testing::ExifBlock(8, true)),
           PngChunk("IDAT", Bytes(99))}),
      kLimits);
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->width_px, 640);
  EXPECT_EQ(header->height_px, 480);
  EXPECT_EQ(header->exif_orientation, 8);
}

TEST(PngHeaderTest, FindsTheOrientationBehindThePixels) {
  const Bytes png =
      Png(4, 4, {PngChunk("IDAT", Bytes(9)), PngChunk("eXIf", testing::ExifBlock(5))});
  EXPECT_EQ(ReadPngHeader(png, kLimits)->exif_orientation, 5);
}

TEST(PngHeaderTest, IgnoresWhatFollowsTheEnd) {
  Bytes png = Png(4, 4);
  const Bytes tail = PngChunk("acTL", Bytes(8));
  png.insert(png.end(), tail.begin(), tail.end());
  EXPECT_TRUE(ReadPngHeader(png, kLimits));
}

TEST(PngHeaderTest, RefusesTooManyPixelsBeforeLookingFurther) {
  EXPECT_EQ(Refusal(PngFile({Ihdr(16'000, 16'000)})), Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(Refusal(PngFile({Ihdr(16'385, 1)})), Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(Refusal(PngFile({Ihdr(0x7FFF'FFFF, 0x7FFF'FFFF)})), Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(Refusal(PngFile({Ihdr(0x8000'0000, 1)})), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(Png(0, 1)), Reason::kPhotoCorrupt);
}

TEST(PngHeaderTest, RefusesAnimations) {
  EXPECT_EQ(Refusal(Png(4, 4, {PngChunk("acTL", Bytes(8))})), Reason::kPhotoAnimated);
}

TEST(PngHeaderTest, TellsAnEarlyEndFromDamage) {
  const Bytes whole = Png(4, 4, {PngChunk("IDAT", Bytes(50))});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_EQ(Refusal(Bytes(&whole[0], &whole[size])), Reason::kPhotoTruncated) << size;
  }
  EXPECT_EQ(Refusal(PngFile({PngChunk("IDAT", Bytes(13)), Ihdr(4, 4)})), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(PngFile({PngChunk("IHDR", Bytes(12))})), Reason::kPhotoCorrupt);
  EXPECT_EQ(Refusal(PngFile({Ihdr(4, 4), PngChunk("I\1AT", Bytes(9))})), Reason::kPhotoCorrupt);
}

}  // namespace
}  // namespace homeward
