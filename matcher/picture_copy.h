// A changed copy of a picture for a detector to look at, and the way back.
#pragma once

#include <opencv2/core.hpp>

namespace homeward {

// How a copy differs from the picture. Applied in this order: border, turn, scale.
struct CopyPlan {
  double scale = 1;
  double border = 0;     // grey, on every side, as a share of the longer side
  int turn_degrees = 0;  // clockwise; the corners that a turn leaves free are grey
};

// The scale at which a picture of `size`, with `border`, has `pixels` pixels, but at most
// `max_scale`. What a detector costs depends on the pixels, whatever the picture's shape.
double ScaleFor(cv::Size size, double border, double pixels, double max_scale);

struct PictureCopy {
  cv::Mat bgr;
  cv::Matx23d to_picture;  // from the copy's pixels to the picture's

  // `box` of the copy as the upright square of equal side around the same middle in the picture.
  cv::Rect2f InPicture(const cv::Rect2f& box) const;
};

// `bgr` is a non-empty CV_8UC3. The copy may share its pixels.
PictureCopy CopyPicture(const cv::Mat& bgr, const CopyPlan& plan);

}  // namespace homeward
