#include "models/mmod_picture.h"

#include <dlib/image_transforms.h>
#include <dlib/opencv/cv_image.h>

#include <algorithm>

namespace homeward {

dlib::matrix<dlib::rgb_pixel> MmodPicture(const cv::Mat& bgr) {
  constexpr int kLeastSidePx = 80;  // the detector's window
  constexpr int kMostAspect = 4;
  const int least = std::max(kLeastSidePx, std::max(bgr.cols, bgr.rows) / kMostAspect);
  const int right = std::max(0, least - bgr.cols);
  const int below = std::max(0, least - bgr.rows);
  cv::Mat padded = bgr;
  if (right > 0 || below > 0) {
    cv::copyMakeBorder(bgr, padded, 0, below, 0, right, cv::BORDER_CONSTANT, cv::Scalar::all(0));
  }
  dlib::matrix<dlib::rgb_pixel> picture;
  dlib::assign_image(picture, dlib::cv_image<dlib::bgr_pixel>(padded));
  return picture;
}

cv::Rect2f BoxOf(const dlib::rectangle& found) {
  return {static_cast<float>(found.left()), static_cast<float>(found.top()),
          static_cast<float>(found.width()), static_cast<float>(found.height())};
}

}  // namespace homeward
