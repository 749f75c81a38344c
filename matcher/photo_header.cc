#include "matcher/photo_header.h"

#include "matcher/jpeg_header.h"
#include "matcher/photo_refusal.h"
#include "matcher/photo_signature.h"
#include "matcher/png_header.h"
#include "matcher/webp_header.h"

namespace homeward {

std::string_view Name(PhotoFormat format) {
  switch (format) {
    case PhotoFormat::kJpeg:
      return "JPEG";
    case PhotoFormat::kPng:
      return "PNG";
    case PhotoFormat::kWebp:
      return "WebP";
  }
  return "";
}

Result<PhotoHeader> ReadPhotoHeader(std::span<const std::uint8_t> bytes,
                                    const PhotoLimits& limits) {
  if (bytes.empty()) return RefuseEmpty();
  if (bytes.size() > limits.max_bytes) return RefuseTooLarge(bytes.size(), limits);
  const auto format = RecognisePhoto(bytes);
  if (!format) {
    const ForeignFormat foreign = RecogniseForeign(bytes);
    return RefuseFormat(foreign.name, foreign.advice);
  }
  switch (*format) {
    case PhotoFormat::kJpeg:
      return ReadJpegHeader(bytes, limits);
    case PhotoFormat::kPng:
      return ReadPngHeader(bytes, limits);
    case PhotoFormat::kWebp:
      return ReadWebpHeader(bytes, limits);
  }
  return Fail(Reason::kInternal, "A photo format without a header reader.");
}

Result<PhotoHeader> AcceptDimensions(const PhotoHeader& header, const PhotoLimits& limits) {
  if (header.width_px <= 0 || header.height_px <= 0) {
    return RefuseCorrupt(header.format, "a side of no pixels");
  }
  const bool jpeg = header.format == PhotoFormat::kJpeg;
  const std::int64_t pixels = std::int64_t{header.width_px} * header.height_px;
  if (header.width_px > limits.max_side_px || header.height_px > limits.max_side_px ||
      pixels > (jpeg ? limits.max_jpeg_pixels : limits.max_pixels)) {
    return RefuseDimensions(header, limits);
  }
  return header;
}

}  // namespace homeward
