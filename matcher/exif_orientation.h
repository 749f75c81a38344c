// The EXIF orientation of a photo: how its stored rows must be turned and mirrored to stand
// upright.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <span>

namespace homeward {

// Reads tag 0x0112 of the first directory of `exif` (a TIFF block, with or without the leading
// "Exif\0\0" of JPEG). Returns 1..8; 1 (upright) when the tag is absent or anything is malformed.
// Never reads outside `exif` and visits each entry once, whatever the offsets in it say.
int ReadExifOrientation(std::span<const std::uint8_t> exif);

// Whether the upright picture is as wide as the stored one is high.
bool SwapsSides(int exif_orientation);

// Returns `stored` turned upright. Turning by a quarter needs a second picture for a moment; the
// other orientations work in place.
cv::Mat TurnUpright(cv::Mat stored, int exif_orientation);

}  // namespace homeward
