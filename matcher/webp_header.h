// The header of a WebP, read from its RIFF chunks.
#pragma once

#include <cstdint>
#include <span>

#include "matcher/photo_header.h"

namespace homeward {

// `bytes` starts with a WebP's magic number, as far as it goes. Errors: as ReadPhotoHeader; a file
// shorter than its RIFF length is kPhotoTruncated, one with frames or their flag kPhotoAnimated.
Result<PhotoHeader> ReadWebpHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits);

}  // namespace homeward
