// Tells one photograph of a face from another photograph of the same person.
//
// A family sends one portrait five times over: from a messenger that compressed it, cropped, as a
// screenshot. Those are one piece of evidence. What is compared is the aligned face, since all else
// of the picture may be cut away, coarsely, since a copy has lost its detail.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>

namespace homeward {

// The luminance of an aligned face in kSide x kSide places, row by row: 128 is its mean, 32 more or
// less its standard deviation. As personal as a template, and kept like one.
struct FacePrint {
  static constexpr int kSide = 24;
  std::array<std::uint8_t, std::size_t{kSide} * kSide> values{};

  friend bool operator==(const FacePrint&, const FacePrint&) = default;
};

// `chip`: CV_8UC3, aligned by landmarks as all chips that are compared with it. Thread safe.
FacePrint PrintOf(const cv::Mat& chip);

// Whether both show one photograph, whatever became of its file: recompressed, resized, cropped,
// brightened a little, photographed from a screen's picture of it. Pictures of one burst may count
// as one. Symmetric. Thread safe.
bool ShowSamePhotograph(const FacePrint& a, const FacePrint& b);

}  // namespace homeward
