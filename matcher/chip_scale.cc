#include "matcher/chip_scale.h"

#include <cmath>

#include "matcher/landmarks.h"

namespace homeward {
namespace {

// More than the 800 x 600 that the largest of a cascade's first passes looks at; a photo of 12
// megapixels at a quarter of its sides, one of 1920 x 1280 at half.
constexpr double kLeastPixels = 960.0 * 640.0;
// Between the eyes' middles on the copy. On a chip of 150 px they lie 53 px apart.
constexpr float kLeastEyeDistancePx = 72;

}  // namespace

int DetectionReduction(cv::Size size, int most) {
  const double pixels = static_cast<double>(size.width) * size.height;
  int reduction = 1;
  while (2 * reduction <= most && pixels / (4.0 * reduction * reduction) >= kLeastPixels) {
    reduction *= 2;
  }
  return reduction;
}

int ChipReduction(const Landmarks& landmarks, cv::Size size, int most) {
  const cv::Point2f apart = RightEye(landmarks) - LeftEye(landmarks);
  const float distance = std::hypot(apart.x, apart.y);
  int reduction = DetectionReduction(size, most);
  while (reduction > 1 && distance < kLeastEyeDistancePx * static_cast<float>(reduction)) {
    reduction /= 2;
  }
  return reduction;
}

}  // namespace homeward
