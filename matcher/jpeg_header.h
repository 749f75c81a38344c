// The header of a JPEG, read from its marker segments up to the frame header (SOF).
#pragma once

#include <cstdint>
#include <span>

#include "matcher/photo_header.h"

namespace homeward {

// `bytes` starts with a JPEG's magic number, as far as it goes. Checks the limits as soon as the
// size is known. Errors: as ReadPhotoHeader; lossless, hierarchical and 12-bit JPEG, which only
// special software writes, are kPhotoFormatUnsupported.
Result<PhotoHeader> ReadJpegHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits);

}  // namespace homeward
