#include "matcher/photo_signature.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

using std::string_view_literals::operator""sv;
using testing::Bytes;
using testing::FromText;

TEST(PhotoSignatureTest, KnowsTheAcceptedFormats) {
  const cv::Mat picture = testing::SyntheticPicture(8, 8);
  EXPECT_EQ(RecognisePhoto(testing::MakeJpeg(picture)), PhotoFormat::kJpeg);
  EXPECT_EQ(RecognisePhoto(testing::MakePng(picture)), PhotoFormat::kPng);
  EXPECT_EQ(RecognisePhoto(testing::MakeWebp(picture)), PhotoFormat::kWebp);
}

TEST(PhotoSignatureTest, KnowsAFileThatEndsWithinItsMagicNumber) {
  EXPECT_EQ(RecognisePhoto(FromText("\xFF")), PhotoFormat::kJpeg);
  EXPECT_EQ(RecognisePhoto(FromText("\x89PNG\r")), PhotoFormat::kPng);
  EXPECT_EQ(RecognisePhoto(FromText("RI")), PhotoFormat::kWebp);
  EXPECT_EQ(RecognisePhoto(FromText("RIFF\1\2\3")), PhotoFormat::kWebp);
  EXPECT_EQ(RecognisePhoto(FromText("RIFF\1\2\3\4WE")), PhotoFormat::kWebp);
  EXPECT_EQ(RecognisePhoto(FromText("RIFF\1\2\3\4WA")), std::nullopt);
  EXPECT_EQ(RecognisePhoto({}), std::nullopt);
}

struct Stranger {
  std::string_view head;
  std::string_view name;
};

TEST(PhotoSignatureTest, NamesForeignFormats) {
  const Stranger strangers[] = {
      {"GIF89a\1\0"sv, "GIF"},
      {"BM\x3A\0\0\0"sv, "BMP"},
      {"II*\0\x08\0\0\0"sv, "TIFF"},
      {"II*\0\x10\0\0\0CR\2\0"sv, "CR2 raw photo"},
      {"8BPS\0\1"sv, "PSD"},
      {"%PDF-1.7"sv, "PDF"},
      {"\0\0\0\x18"
       "ftypheic\0\0\0\0mif1heic"sv,
       "HEIC"},
      {"\0\0\0\x18"
       "ftypmif1\0\0\0\0mif1heic"sv,
       "HEIC"},
      {"\0\0\0\x1C"
       "ftypmif1\0\0\0\0mif1avifmiaf"sv,
       "AVIF"},
      {"\0\0\0\x18"
       "ftypavif"sv,
       "AVIF"},
      {"\0\0\0\x18"
       "ftypcrx "sv,
       "CR3 raw photo"},
      {"\0\0\0\x18"
       "ftypisom"sv,
       "video"},
      {"\0\0\0\x0CjP  \r\n"sv, "JPEG 2000"},
      {"\xFF\x0A\1"sv, "JPEG XL"},
      {"\x76\x2F\x31\x01\2"sv, "OpenEXR"},
      {"#?RADIANCE\n"sv, "Radiance HDR"},
      {"P6 2 2 255\n"sv, "PNM"},
      {"\x59\xA6\x6A\x95"sv, "Sun raster"},
      {"\0\0\1\0\1\0"sv, "ICO"},
      {"RIFF\1\2\3\4AVI LIST"sv, "RIFF sound or video"},
      {"PK\3\4"sv, "ZIP archive or Office document"},
      {"\xEF\xBB\xBF <?xml version='1.0'?><svg>"sv, "SVG"},
      {"<!DOCTYPE html>"sv, "web page or XML"},
      {"data:image/png;base64,"sv, "data URL"},
      {"Pictures"sv, "unknown"},
      {"\0"sv, "unknown"},
  };
  for (const Stranger& stranger : strangers) {
    EXPECT_EQ(RecogniseForeign(FromText(stranger.head)).name, stranger.name);
  }
  EXPECT_EQ(RecogniseForeign(testing::Joined({Bytes(128), FromText("DICM")})).name, "DICOM");
}

TEST(PhotoSignatureTest, TellsWhatToDoAboutHeic) {
  const ForeignFormat heic =
      RecogniseForeign(FromText("\0\0\0\x18"
                                "ftypheic\0\0\0\0"sv));
  EXPECT_NE(heic.advice.find("most compatible"), std::string_view::npos);
}

}  // namespace
}  // namespace homeward
