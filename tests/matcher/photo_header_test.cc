#include "matcher/photo_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

using testing::Bytes;

Bytes Make(PhotoFormat format, int width, int height) {
  const cv::Mat picture = testing::SyntheticPicture(width, height);
  switch (format) {
    case PhotoFormat::kJpeg:
      return testing::MakeJpeg(picture);
    case PhotoFormat::kPng:
      return testing::MakePng(picture);
    case PhotoFormat::kWebp:
      return testing::MakeWebp(picture);
  }
  return {};
}

class PhotoHeaderTest : public ::testing::TestWithParam<PhotoFormat> {};

TEST_P(PhotoHeaderTest, TellsFormatAndSize) {
  const auto header = ReadPhotoHeader(Make(GetParam(), 31, 17), {});
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->format, GetParam());
  EXPECT_EQ(header->width_px, 31);
  EXPECT_EQ(header->height_px, 17);
  EXPECT_EQ(header->exif_orientation, 1);
}

TEST_P(PhotoHeaderTest, AcceptsExactlyTheLimits) {
  const Bytes photo = Make(GetParam(), 31, 17);
  PhotoLimits limits{.max_bytes = photo.size(),
                     .max_side_px = 31,
                     .max_pixels = 31 * 17,
                     .max_jpeg_pixels = 31 * 17};
  EXPECT_TRUE(ReadPhotoHeader(photo, limits));
  limits.max_side_px = 30;
  EXPECT_EQ(ReadPhotoHeader(photo, limits).error().reason, Reason::kPhotoDimensionsTooLarge);
  limits.max_side_px = 31;
  limits.max_pixels = limits.max_jpeg_pixels = 31 * 17 - 1;
  const auto refused = ReadPhotoHeader(photo, limits);
  ASSERT_EQ(refused.error().reason, Reason::kPhotoDimensionsTooLarge);
  EXPECT_EQ(refused.error().metadata.at("width_px"), "31");
  EXPECT_EQ(refused.error().metadata.at("height_px"), "17");
  limits.max_bytes = photo.size() - 1;
  const auto heavy = ReadPhotoHeader(photo, limits);
  ASSERT_EQ(heavy.error().reason, Reason::kPhotoTooLarge);
  EXPECT_EQ(heavy.error().metadata.at("bytes"), std::to_string(photo.size()));
  EXPECT_EQ(heavy.error().metadata.at("limit"), std::to_string(photo.size() - 1));
}

INSTANTIATE_TEST_SUITE_P(EachFormat, PhotoHeaderTest,
                         ::testing::Values(PhotoFormat::kJpeg, PhotoFormat::kPng,
                                           PhotoFormat::kWebp),
                         [](const auto& format) { return std::string(Name(format.param)); });

TEST(PhotoHeaderTest, LetsOnlyAJpegHaveMorePixelsThanAreDecoded) {
  const PhotoLimits limits{.max_pixels = 500, .max_jpeg_pixels = 600};
  EXPECT_TRUE(ReadPhotoHeader(Make(PhotoFormat::kJpeg, 31, 17), limits));
  EXPECT_FALSE(ReadPhotoHeader(Make(PhotoFormat::kPng, 31, 17), limits));
  EXPECT_FALSE(ReadPhotoHeader(Make(PhotoFormat::kWebp, 31, 17), limits));
}

TEST(PhotoHeaderTest, RefusesNothing) {
  EXPECT_EQ(ReadPhotoHeader({}, {}).error().reason, Reason::kPhotoEmpty);
}

TEST(PhotoHeaderTest, SaysWhatAForeignFileLooksLikeAndWhatToDo) {
  const Bytes heic =
      testing::FromText({"\0\0\0\x18"
                         "ftypheic\0\0\0\0mif1heic",
                         24});
  const Error error = ReadPhotoHeader(heic, {}).error();
  EXPECT_EQ(error.reason, Reason::kPhotoFormatUnsupported);
  EXPECT_EQ(error.metadata.at("format"), "HEIC");
  EXPECT_THAT(error.message, ::testing::HasSubstr("HEIC"));
  EXPECT_THAT(error.message, ::testing::HasSubstr("most compatible"));
}

}  // namespace
}  // namespace homeward
