// Pictures and boxes between OpenCV and dlib's detector. For adapters of dlib only.
#pragma once

#include <dlib/geometry.h>
#include <dlib/matrix.h>
#include <dlib/pixel.h>

#include <opencv2/core.hpp>

namespace homeward {

// `bgr` (CV_8UC3) with room at the right and below where it is tiny or long and narrow: dlib's
// tiled pyramid writes past its end where a level has no width left. Room there moves no box.
dlib::matrix<dlib::rgb_pixel> MmodPicture(const cv::Mat& bgr);

cv::Rect2f BoxOf(const dlib::rectangle& found);

}  // namespace homeward
