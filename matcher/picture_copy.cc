#include "matcher/picture_copy.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace homeward {
namespace {

const cv::Scalar kGrey = cv::Scalar::all(128);

int BorderPx(cv::Size size, double border) {
  return cvRound(border * std::max(size.width, size.height));
}

cv::Matx33d Square(const cv::Matx23d& affine) {
  return {
      affine(0, 0), affine(0, 1), affine(0, 2), affine(1, 0), affine(1, 1), affine(1, 2), 0, 0, 1};
}

// From the pixels of a picture to those of a canvas in which it is turned about its middle.
cv::Matx23d TurnInto(cv::Size from, cv::Size to, int degrees) {
  const double c = std::cos(degrees * CV_PI / 180);
  const double s = std::sin(degrees * CV_PI / 180);
  const double x = (from.width - 1) / 2.0;
  const double y = (from.height - 1) / 2.0;
  return {c, -s, (to.width - 1) / 2.0 - c * x + s * y, s, c, (to.height - 1) / 2.0 - s * x - c * y};
}

// The smallest canvas that holds all of it.
cv::Size TurnedSize(cv::Size from, int degrees) {
  const double c = std::abs(std::cos(degrees * CV_PI / 180));
  const double s = std::abs(std::sin(degrees * CV_PI / 180));
  return {std::max(1, cvRound(c * from.width + s * from.height)),
          std::max(1, cvRound(s * from.width + c * from.height))};
}

cv::Mat Inverse(const cv::Matx23d& affine) {
  cv::Mat inverse;
  cv::invertAffineTransform(affine, inverse);
  return inverse;
}

// Shrinks by whole pixel areas, so that nothing is lost between samples; enlarges linearly.
cv::Mat Resized(const cv::Mat& bgr, double scale) {
  const cv::Size size(std::max(1, cvRound(scale * bgr.cols)),
                      std::max(1, cvRound(scale * bgr.rows)));
  if (size == bgr.size()) return bgr;
  cv::Mat resized;
  cv::resize(bgr, resized, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  return resized;
}

// Scaled about the pixels' edges, as cv::resize does.
cv::Matx33d FromResized(cv::Size resized, cv::Size picture) {
  const double x = static_cast<double>(picture.width) / resized.width;
  const double y = static_cast<double>(picture.height) / resized.height;
  return {x, 0, (x - 1) / 2, 0, y, (y - 1) / 2, 0, 0, 1};
}

}  // namespace

double ScaleFor(cv::Size size, double border, double pixels, double max_scale) {
  const double around = 2.0 * BorderPx(size, border);
  return std::min(max_scale, std::sqrt(pixels / ((size.width + around) * (size.height + around))));
}

cv::Rect2f PictureCopy::InPicture(const cv::Rect2f& box) const {
  const cv::Point2d middle = cv::Point2d(box.tl() + box.br()) / 2;
  const cv::Vec2d there = to_picture * cv::Vec3d(middle.x, middle.y, 1);
  const double side = (box.width + box.height) / 2 * std::hypot(to_picture(0, 0), to_picture(1, 0));
  return cv::Rect2d(there[0] - side / 2, there[1] - side / 2, side, side);
}

PictureCopy CopyPicture(const cv::Mat& bgr, const CopyPlan& plan) {
  // Scaled first, since the rest then touches fewer pixels; the result is the same.
  const cv::Mat scaled = Resized(bgr, plan.scale);
  cv::Matx33d back = FromResized(scaled.size(), bgr.size());
  cv::Mat copy = scaled;
  if (plan.border > 0) {
    const int px = BorderPx(scaled.size(), plan.border);
    cv::copyMakeBorder(scaled, copy, px, px, px, px, cv::BORDER_CONSTANT, kGrey);
    back = back * cv::Matx33d(1, 0, -px, 0, 1, -px, 0, 0, 1);
  }
  if (plan.turn_degrees != 0) {
    const cv::Size size = TurnedSize(copy.size(), plan.turn_degrees);
    const cv::Matx23d into = TurnInto(copy.size(), size, plan.turn_degrees);
    cv::Mat turned;
    cv::warpAffine(copy, turned, into, size, cv::INTER_LINEAR, cv::BORDER_CONSTANT, kGrey);
    back = back * Square(cv::Matx23d(Inverse(into)));
    copy = turned;
  }
  return {.bgr = copy, .to_picture = back.get_minor<2, 3>(0, 0)};
}

}  // namespace homeward
