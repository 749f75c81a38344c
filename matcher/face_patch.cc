#include "matcher/face_patch.h"

#include <array>
#include <cmath>
#include <optional>

namespace homeward {
namespace {

constexpr double kMargin = 0.25;
constexpr int kShareSteps = 96;  // a side

// What the luminance of each level of red, green and blue adds, by the transfer curve of sRGB.
std::array<std::array<float, 256>, 3> LuminanceParts() {
  constexpr std::array kWeights = {0.0722, 0.7152, 0.2126};
  std::array<std::array<float, 256>, 3> parts{};
  for (std::size_t level = 0; level < 256; ++level) {
    const double share = static_cast<double>(level) / 255;
    const double linear = share > 0.04045 ? std::pow((share + 0.055) / 1.055, 2.4) : share / 12.92;
    for (std::size_t channel = 0; channel < parts.size(); ++channel) {
      parts[channel][level] = static_cast<float>(255 * kWeights[channel] * linear);
    }
  }
  return parts;
}

unsigned char Luminance(const cv::Vec3b& bgr) {
  static const auto parts = LuminanceParts();
  return static_cast<unsigned char>(parts[0][bgr[0]] + parts[1][bgr[1]] + parts[2][bgr[2]] + 0.5F);
}

// The pixel that `at` falls on; nullopt outside the picture. In doubles, as a pose may lead
// anywhere.
std::optional<cv::Point> PixelAt(const cv::Point2d& at, cv::Size picture) {
  const double x = std::floor(at.x + 0.5);
  const double y = std::floor(at.y + 0.5);
  if (!(x >= 0 && y >= 0 && x < picture.width && y < picture.height)) return std::nullopt;
  return cv::Point(static_cast<int>(x), static_cast<int>(y));
}

}  // namespace

FacePatch CutFacePatch(const cv::Mat& bgr, const FacePose& pose) {
  constexpr int kSide = FacePatch::kSide;
  FacePatch patch;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const cv::Point2d at = pose.At({(x + 0.5) / kSide, (y + 0.5) / kSide});
      const auto pixel = PixelAt(at, bgr.size());
      if (!pixel) continue;
      patch.luminance(y, x) = Luminance(bgr.at<cv::Vec3b>(*pixel));
      patch.inside(y, x) = 255;
    }
  }
  return patch;
}

double ShareInPicture(const FacePose& pose, cv::Size picture) {
  if (!(pose.unit_px() > 0)) return 0;
  int inside = 0;
  for (int y = 0; y < kShareSteps; ++y) {
    for (int x = 0; x < kShareSteps; ++x) {
      const cv::Point2d place((x + 0.5) / kShareSteps, (y + 0.5) / kShareSteps);
      const cv::Point2d at = pose.At((1 + 2 * kMargin) * place - cv::Point2d(kMargin, kMargin));
      if (PixelAt(at, picture)) ++inside;
    }
  }
  return static_cast<double>(inside) / (kShareSteps * kShareSteps);
}

}  // namespace homeward
