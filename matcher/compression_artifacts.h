// The grid that JPEG's blocks leave in a picture.
#pragma once

#include <opencv2/core.hpp>
#include <optional>

#include "matcher/photo.h"

namespace homeward {

// Below this side no grid can be told from chance.
inline constexpr int kLeastBlockyPx = 48;

// By how many levels the luma of neighbouring pixels differs more across the edges of blocks of 8 x
// 8 px than within them, in `box` (its middle 512 px where it is larger), at whatever offset the
// grid lies and in the direction in which it shows less. About 0 without a grid; never below.
// Absent where that is not assessable: a photo that was scaled down while it was decoded, a WebP,
// whose blocks are others, or less than kLeastBlockyPx of the box within the picture. A picture
// that was scaled after it was compressed shows no grid, and counts as good. Thread safe.
std::optional<double> CompressionArtifacts(const Photo& photo, const cv::Rect2f& box);

}  // namespace homeward
