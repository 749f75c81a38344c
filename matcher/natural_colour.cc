#include "matcher/natural_colour.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "matcher/cheeks.h"

namespace homeward {
namespace {

double Outside(double value, double least, double most) {
  return std::max({0.0, least - value, value - most});
}

}  // namespace

std::optional<double> NaturalColour(const FacePatch& patch) {
  cv::Scalar sum;
  int count = 0;
  int places = 0;
  for (const cv::Rect& cheek : {LeftCheek(), RightCheek()}) {
    const cv::Mat inside = patch.inside(cheek);
    const int shown = cv::countNonZero(inside);
    cv::Mat lab;
    cv::cvtColor(patch.bgr(cheek), lab, cv::COLOR_BGR2Lab);
    sum += cv::mean(lab, inside) * shown;
    count += shown;
    places += cheek.area();
  }
  if (2 * count < places) return std::nullopt;
  constexpr double kMiddle = 128;  // of a* and b* in 8 bits
  return std::hypot(Outside(sum[1] / count - kMiddle, 5, 25),
                    Outside(sum[2] / count - kMiddle, 5, 35));
}

}  // namespace homeward
