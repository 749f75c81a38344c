// WebP pixels by libwebp.
#pragma once

#include <cstdint>
#include <span>

#include "matcher/photo_header.h"
#include "matcher/stored_picture.h"

namespace homeward {

// `header` is what ReadPhotoHeader said of `bytes`. Lossy and lossless, alpha laid over mid-grey.
// Errors: kPhotoCorrupt. Throws std::bad_alloc or cv::Exception when memory runs out. Thread safe.
Result<StoredPicture> DecodeWebp(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                 const PhotoLimits& limits);

}  // namespace homeward
