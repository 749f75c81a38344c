// What a decoder hands over: the pixels as the file stores them, before any turning.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "matcher/photo_header.h"

namespace homeward {

// `bgr` is CV_8UC3; each side is the header's divided by `reduction` (1, 2, 4 or 8), rounded up.
struct StoredPicture {
  cv::Mat bgr;
  int reduction = 1;
};

inline int ReducedSide(int side_px, int reduction) { return (side_px + reduction - 1) / reduction; }

// The smallest of 1, 2 and 4, and at least `reduction`, at which `working_bytes` and the pixels at
// `pixel_bytes` each keep within limits.max_decode_bytes. Where none does, reducing much would lose
// the faces and still not help, so it is 2.
inline int FitReduction(const PhotoHeader& header, const PhotoLimits& limits, int reduction,
                        std::int64_t working_bytes, int pixel_bytes) {
  for (int fitting = reduction; fitting <= 4; fitting *= 2) {
    const std::int64_t pixels = std::int64_t{ReducedSide(header.width_px, fitting)} *
                                ReducedSide(header.height_px, fitting);
    if (working_bytes + pixels * pixel_bytes <= limits.max_decode_bytes) return fitting;
  }
  return reduction < 2 ? 2 : reduction;
}

}  // namespace homeward
