#include "matcher/photo_signature.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace homeward {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kSaveAsJpeg = "Open it, save it as JPEG, and send that.";
constexpr std::string_view kHeicAdvice =
    "Set the phone's camera to \"most compatible\", or convert the photo to JPEG, and send that.";
constexpr std::string_view kStillAdvice =
    "Pause where the face is seen best, take a screenshot, and send that.";
constexpr std::string_view kExportAdvice = "Export or photograph the picture in it as JPEG.";
constexpr std::string_view kRawAdvice = "Develop the raw photo to JPEG and send that.";
constexpr std::string_view kUnpackAdvice = "Unpack it and send the photos in it.";
constexpr std::string_view kUnknownAdvice = "Choose a photo saved as JPEG, PNG or WebP.";

struct Signature {
  std::string_view magic;
  ForeignFormat format;
  std::size_t offset = 0;
};

// First match wins, so a longer magic number stands before a shorter one that it begins with.
constexpr auto kSignatures = std::to_array<Signature>({
    {"GIF87a"sv, {"GIF", kSaveAsJpeg}},
    {"GIF89a"sv, {"GIF", kSaveAsJpeg}},
    {"BM"sv, {"BMP", kSaveAsJpeg}},
    {"FUJIFILMCCD-RAW"sv, {"RAF raw photo", kRawAdvice}},
    {"II*\0\x10\0\0\0CR"sv, {"CR2 raw photo", kRawAdvice}},
    {"II*\0"sv, {"TIFF", kSaveAsJpeg}},
    {"MM\0*"sv, {"TIFF", kSaveAsJpeg}},
    {"II+\0"sv, {"TIFF", kSaveAsJpeg}},
    {"MM\0+"sv, {"TIFF", kSaveAsJpeg}},
    {"8BPS"sv, {"PSD", kExportAdvice}},
    {"%PDF"sv, {"PDF", kExportAdvice}},
    {"\0\0\0\x0CjP  "sv, {"JPEG 2000", kSaveAsJpeg}},
    {"\xFF\x4F\xFF\x51"sv, {"JPEG 2000", kSaveAsJpeg}},
    {"\0\0\0\x0CJXL "sv, {"JPEG XL", kSaveAsJpeg}},
    {"\xFF\x0A"sv, {"JPEG XL", kSaveAsJpeg}},
    {"\x76\x2F\x31\x01"sv, {"OpenEXR", kSaveAsJpeg}},
    {"#?RADIANCE"sv, {"Radiance HDR", kSaveAsJpeg}},
    {"#?RGBE"sv, {"Radiance HDR", kSaveAsJpeg}},
    {"DICM"sv, {"DICOM", kExportAdvice}, 128},
    {"\x59\xA6\x6A\x95"sv, {"Sun raster", kSaveAsJpeg}},
    {"\0\0\1\0"sv, {"ICO", kSaveAsJpeg}},
    {"RIFF"sv, {"RIFF sound or video", kStillAdvice}},
    {"\x1A\x45\xDF\xA3"sv, {"Matroska video", kStillAdvice}},
    {"PK\3\4"sv, {"ZIP archive or Office document", kUnpackAdvice}},
    {"\xD0\xCF\x11\xE0"sv, {"Office document", kExportAdvice}},
    {"Rar!"sv, {"RAR archive", kUnpackAdvice}},
    {"7z\xBC\xAF\x27\x1C"sv, {"7z archive", kUnpackAdvice}},
    {"\x1F\x8B"sv, {"gzip archive", kUnpackAdvice}},
    {"data:image/"sv, {"data URL", "Send the bytes of the photo, not their base64 text."}},
});

// ISO base media files name their brand after `ftyp`.
constexpr auto kBrands = std::to_array<Signature>({
    {"avif"sv, {"AVIF", kSaveAsJpeg}},
    {"avis"sv, {"AVIF", kSaveAsJpeg}},
    {"hei"sv, {"HEIC", kHeicAdvice}},
    {"hev"sv, {"HEIC", kHeicAdvice}},
    {"mif1"sv, {"HEIC", kHeicAdvice}},
    {"msf1"sv, {"HEIC", kHeicAdvice}},
    {"crx "sv, {"CR3 raw photo", kRawAdvice}},
});

std::string_view Text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool AgreesAsFarAsItGoes(std::string_view text, std::string_view magic) {
  return text.starts_with(magic) || (!text.empty() && magic.starts_with(text));
}

ForeignFormat RecogniseBrand(std::string_view text) {
  // A generic major brand (mif1) may hide AVIF among the compatible brands of the same box.
  if (text.substr(8, 56).contains("avif"sv)) return kBrands.front().format;
  for (const Signature& brand : kBrands) {
    if (text.substr(8).starts_with(brand.magic)) return brand.format;
  }
  return {"video", kStillAdvice};
}

bool IsPortableAnymap(std::string_view text) {
  return text.size() > 2 && text[0] == 'P' && text[1] >= '1' && text[1] <= '7' &&
         " \t\r\n#"sv.contains(text[2]);
}

// Markup may begin with a byte order mark, blanks, a declaration and comments.
std::string_view Markup(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.starts_with('<') ? text.substr(0, 1024) : ""sv;
}

}  // namespace

std::optional<PhotoFormat> RecognisePhoto(std::span<const std::uint8_t> bytes) {
  const std::string_view text = Text(bytes);
  if (AgreesAsFarAsItGoes(text, "\xFF\xD8\xFF"sv)) return PhotoFormat::kJpeg;
  if (AgreesAsFarAsItGoes(text, "\x89PNG\r\n\x1A\n"sv)) return PhotoFormat::kPng;
  if (AgreesAsFarAsItGoes(text, "RIFF"sv) &&
      (text.size() <= 8 || AgreesAsFarAsItGoes(text.substr(8), "WEBP"sv))) {
    return PhotoFormat::kWebp;
  }
  return std::nullopt;
}

ForeignFormat RecogniseForeign(std::span<const std::uint8_t> bytes) {
  const std::string_view text = Text(bytes);
  if (text.size() >= 12 && text.substr(4, 4) == "ftyp"sv) return RecogniseBrand(text);
  for (const Signature& signature : kSignatures) {
    if (text.size() >= signature.offset &&
        text.substr(signature.offset).starts_with(signature.magic)) {
      return signature.format;
    }
  }
  if (IsPortableAnymap(text)) return {"PNM", kSaveAsJpeg};
  const std::string_view markup = Markup(text);
  if (markup.contains("<svg"sv)) return {"SVG", kExportAdvice};
  if (!markup.empty()) return {"web page or XML", "Save the photo itself and send that."};
  return {"unknown", kUnknownAdvice};
}

}  // namespace homeward
