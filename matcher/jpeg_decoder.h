// JPEG pixels by libjpeg-turbo.
#pragma once

#include <cstdint>
#include <span>

#include "matcher/photo_header.h"
#include "matcher/stored_picture.h"

namespace homeward {

// By how much DecodeJpeg divides the sides where it is not asked to divide them further: 1, unless
// the limits force more. Errors: kPhotoCorrupt, kPhotoTruncated. Thread safe.
Result<int> JpegReduction(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                          const PhotoLimits& limits);

// `header` is what ReadPhotoHeader said of `bytes`. Sides are divided by JpegReduction and,
// further, by `reduction`, by 8 at most in all. Greyscale, YCbCr, RGB, CMYK and YCCK become BGR.
// What libjpeg only warns of is an error here, for it invents pixels from there on; what concerns
// no pixel is let pass. Errors: kPhotoTruncated, kPhotoCorrupt (more than 100 scans among it), and
// kPhotoDimensionsTooLarge for a progressive JPEG that needs too much working memory. Throws
// std::bad_alloc or cv::Exception when memory runs out. Thread safe.
Result<StoredPicture> DecodeJpeg(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                 const PhotoLimits& limits, int reduction = 1);

}  // namespace homeward
