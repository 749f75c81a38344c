// Photo bytes in, an upright picture out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "matcher/error.h"

namespace homeward {

enum class PhotoFormat : std::uint8_t { kJpeg, kPng, kWebp };

// What Homeward accepts. The defaults are the product's; tests narrow them.
struct PhotoLimits {
  std::size_t max_bytes = 20u << 20;
  int max_side_px = 16'384;
  std::int64_t max_pixels = 40'000'000;
  // A JPEG may be larger because it is decoded at a reduced scale (DCT scaling) that fits
  // max_pixels.
  std::int64_t max_jpeg_pixels = 64'000'000;
};

// What the file's header says, read without entering any decoder. Sizes are as stored, before
// `exif_orientation` (1..8, TIFF tag 0x0112; 1 when absent or malformed) is applied.
struct PhotoHeader {
  PhotoFormat format = PhotoFormat::kJpeg;
  int width_px = 0;
  int height_px = 0;
  int exif_orientation = 1;
};

// A decoded photo. `bgr` is CV_8UC3, upright (EXIF orientation applied), alpha over mid-grey.
// original_width_px and original_height_px are the upright full size; `bgr` is smaller by
// `decode_scale` (1, 1/2, 1/4, 1/8) where scaled decoding was needed. Boxes and landmarks are
// always in pixels of `bgr`.
struct Photo {
  cv::Mat bgr;
  PhotoFormat format = PhotoFormat::kJpeg;
  int original_width_px = 0;
  int original_height_px = 0;
  double decode_scale = 1;
};

// Errors: kPhotoEmpty, kPhotoTooLarge, kPhotoDimensionsTooLarge, kPhotoFormatUnsupported (metadata
// `format`: what it looks like), kPhotoAnimated, kPhotoTruncated, kPhotoCorrupt. Thread safe. Costs
// no memory beyond the bytes.
Result<PhotoHeader> ReadPhotoHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits);

// Reads the header first, so a file over the limits enters no decoder. Errors: as ReadPhotoHeader.
// Thread safe; throws nothing.
Result<Photo> DecodePhoto(std::span<const std::uint8_t> bytes, const PhotoLimits& limits = {});

// Encodes as baseline JPEG without any metadata. `bgr` is a non-empty CV_8UC3. Thread safe.
Result<std::vector<std::uint8_t>> EncodeJpeg(const cv::Mat& bgr, int quality = 90);

}  // namespace homeward
