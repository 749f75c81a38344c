// What a photo's header says, and whether Homeward accepts a photo of that kind and size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "matcher/error.h"

namespace homeward {

enum class PhotoFormat : std::uint8_t { kJpeg, kPng, kWebp };

// "JPEG", "PNG" or "WebP".
std::string_view Name(PhotoFormat format);

// What Homeward accepts. The defaults are the product's; tests narrow them.
struct PhotoLimits {
  std::size_t max_bytes = 20u << 20;
  int max_side_px = 16'384;
  std::int64_t max_pixels = 40'000'000;
  // A JPEG may be larger because it is decoded at a reduced scale (DCT scaling) that fits
  // max_pixels. Phones that promise 64 megapixels take photos of up to 9,248 x 6,944.
  std::int64_t max_jpeg_pixels = 64'500'000;
  // Progressive JPEG and lossless WebP need the whole picture in working memory besides the pixels.
  // They are decoded at a reduced scale where that keeps working memory and pixels within this.
  // What needs twice as much for the working memory alone is refused.
  std::int64_t max_decode_bytes = 150'000'000;
};

// What the file's header says, read without entering any decoder. Sizes are as stored, before
// `exif_orientation` (1..8, TIFF tag 0x0112; 1 when absent or malformed) is applied.
struct PhotoHeader {
  PhotoFormat format = PhotoFormat::kJpeg;
  int width_px = 0;
  int height_px = 0;
  int exif_orientation = 1;
};

// Errors: kPhotoEmpty, kPhotoTooLarge, kPhotoDimensionsTooLarge, kPhotoFormatUnsupported (metadata
// `format`: what it looks like), kPhotoAnimated, kPhotoTruncated, kPhotoCorrupt. Thread safe. Costs
// no memory beyond the bytes.
Result<PhotoHeader> ReadPhotoHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits);

// Returns `header` when its size is within the limits. Errors: kPhotoDimensionsTooLarge, and
// kPhotoCorrupt for a side of 0.
Result<PhotoHeader> AcceptDimensions(const PhotoHeader& header, const PhotoLimits& limits);

}  // namespace homeward
