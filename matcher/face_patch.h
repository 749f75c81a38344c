// The pixels of a face between brows and mouth, upright, as quality is measured on them.
#pragma once

#include <opencv2/core.hpp>

#include "matcher/face.h"
#include "matcher/landmarks.h"

namespace homeward {

// A square of kSide x kSide places over the unit square of face units (landmarks.h). A place shows
// one pixel of the picture unmixed, so that levels stay the picture's own. It does not depend on
// the space whose chip the face gets.
struct FacePatch {
  static constexpr int kSide = 128;
  static constexpr unsigned char kNone = 0;

  // Relative luminance of sRGB, 0..255: linear in light.
  cv::Mat_<unsigned char> luminance = cv::Mat_<unsigned char>(kSide, kSide, kNone);
  // 255 where the picture has a pixel, else 0.
  cv::Mat_<unsigned char> inside = cv::Mat_<unsigned char>(kSide, kSide, kNone);
};

// `bgr`: CV_8UC3. Thread safe.
FacePatch CutFacePatch(const cv::Mat& bgr, const FacePose& pose);

// The share of the face that lies within the picture: of the unit square and a quarter of it more
// on each side, which holds brow, cheeks and chin. From 0 to 1; 0 for a pose without extent. Thread
// safe.
double ShareInPicture(const FacePose& pose, cv::Size picture);

}  // namespace homeward
