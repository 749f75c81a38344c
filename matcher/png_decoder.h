// PNG pixels by libpng.
#pragma once

#include <cstdint>
#include <span>

#include "matcher/photo_header.h"
#include "matcher/stored_picture.h"

namespace homeward {

// `header` is what ReadPhotoHeader said of `bytes`. Every colour type and depth becomes 8-bit BGR,
// transparency is laid over mid-grey, chunks that carry no pixels are skipped unread. Errors:
// kPhotoTruncated, kPhotoCorrupt. Throws std::bad_alloc or cv::Exception when memory runs out.
// Thread safe.
Result<StoredPicture> DecodePng(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                const PhotoLimits& limits);

}  // namespace homeward
