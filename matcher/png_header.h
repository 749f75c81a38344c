// The header of a PNG, read from its chunks.
#pragma once

#include <cstdint>
#include <span>

#include "matcher/photo_header.h"

namespace homeward {

// `bytes` starts with a PNG's magic number, as far as it goes. Checks the limits as soon as the
// size is known, then walks the chunks up to IEND, so a file that ends early is found without a
// decoder. Errors: as ReadPhotoHeader; an APNG is kPhotoAnimated.
Result<PhotoHeader> ReadPngHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits);

}  // namespace homeward
