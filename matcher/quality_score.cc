#include "matcher/quality_score.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace homeward {
namespace {

// From 0 to 1 around `middle`; about two thirds of the way within `width` of it.
double Sigmoid(double x, double middle, double width) {
  return 1 / (1 + std::exp((middle - x) / width));
}

double CosineSquared(double degrees) {
  const double cosine = std::max(0.0, std::cos(degrees * std::numbers::pi / 180));
  return 100 * cosine * cosine;
}

double Mapped(QualityMeasure measure, double x) {
  switch (measure) {
    case QualityMeasure::kInterEyeDistance:
      return 100 * Sigmoid(x, 70, 20);
    case QualityMeasure::kSharpness:  // own: half where half of LFW's photos are
      return 100 * Sigmoid(std::log(std::max(x, 1e-3)), std::log(40), 0.6);
    case QualityMeasure::kIlluminationUniformity:
      return 100 * std::pow(x, 0.3);
    case QualityMeasure::kLuminanceMean:
      return 100 * Sigmoid(x, 0.2, 0.05) * (1 - Sigmoid(x, 0.8, 0.05));
    case QualityMeasure::kUnderExposure:
      return 120 * (0.832 - Sigmoid(x, 0.92, 0.05));
    case QualityMeasure::kDynamicRange:
      return 12.5 * x;
    case QualityMeasure::kCompressionArtifacts:  // own: JPEG at quality 30 is about half way
      return 100 * (1 - Sigmoid(x, 3.5, 0.8));
    case QualityMeasure::kHeadPoseYaw:
    case QualityMeasure::kHeadPoseRoll:
      return CosineSquared(x);
    case QualityMeasure::kFaceInPicture:  // own
      return 200 * Sigmoid(x, 1, 0.1);
  }
  return 0;
}

}  // namespace

double QualityScore(QualityMeasure measure, double native) {
  const double score = Mapped(measure, native);
  return std::isfinite(score) ? std::clamp(score, 0.0, 100.0) : 0;
}

QualityComponent Assessed(QualityMeasure measure, std::optional<double> native) {
  QualityComponent component{.measure = measure};
  if (!native || !std::isfinite(*native)) return component;
  component.native = static_cast<float>(*native);
  component.score = static_cast<int>(std::lround(QualityScore(measure, *native)));
  return component;
}

}  // namespace homeward
