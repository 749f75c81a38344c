// Photo bytes in, an upright picture out.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "matcher/error.h"
#include "matcher/photo_header.h"

namespace homeward {

// A decoded photo. `bgr` is CV_8UC3, upright (EXIF orientation applied), alpha over mid-grey.
// original_width_px and original_height_px are the upright full size; `bgr` is smaller by
// `decode_scale` (1, 1/2, 1/4, 1/8; sizes are rounded up) where scaled decoding was needed: what
// the limits allow is "the whole picture", in whose pixels boxes and landmarks are told and stored.
// A copy of it (photo_reader.h) is smaller still.
struct Photo {
  cv::Mat bgr;
  PhotoFormat format = PhotoFormat::kJpeg;
  int original_width_px = 0;
  int original_height_px = 0;
  double decode_scale = 1;
  int reduction = 1;  // of `bgr` against the whole picture: 1, 2, 4 or 8
};

// Reads the header first, so a file over the limits enters no decoder. Needs 3 bytes for each pixel
// of `bgr`, twice that for a moment when the photo has to be turned by a quarter, and
// limits.max_decode_bytes at most while decoding (PhotoLimits says when more): 150 MB at 24
// megapixels. Errors: as ReadPhotoHeader, and kInternal when memory runs out. Thread safe; throws
// nothing.
Result<Photo> DecodePhoto(std::span<const std::uint8_t> bytes, const PhotoLimits& limits = {});

// The same, of a JPEG whose header was read: divided by `reduction` (1, 2, 4, ...) against what
// DecodePhoto gives, sizes rounded up, but by no more than 8 against the file. Errors and threads:
// as DecodePhoto.
Result<Photo> DecodePhotoReduced(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                 const PhotoLimits& limits, int reduction);

// Encodes as baseline JPEG without any metadata. `bgr` is a non-empty CV_8UC3 of at most 65,500
// pixels a side; `quality` is 1..100. Errors: kInternal when memory runs out. Thread safe.
Result<std::vector<std::uint8_t>> EncodeJpeg(const cv::Mat& bgr, int quality = 90);

}  // namespace homeward
