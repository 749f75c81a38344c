#include "matcher/quality.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "matcher/compression_artifacts.h"
#include "matcher/face_patch.h"
#include "matcher/illumination.h"
#include "matcher/landmarks.h"
#include "matcher/quality_score.h"

namespace homeward {
namespace {

float Sharpness(const cv::Mat& luminance) {
  cv::Mat laplacian;
  cv::Laplacian(luminance, laplacian, CV_32F);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(laplacian, mean, deviation);
  return static_cast<float>(deviation[0] * deviation[0]);
}

std::vector<QualityFlag> Flags(const Quality& quality, bool at_border,
                               const QualityLimits& limits) {
  std::vector<QualityFlag> flags;
  const auto flag_if = [&](bool poor, QualityFlag flag) {
    if (poor) flags.push_back(flag);
  };
  flag_if(quality.eye_distance_px < limits.small_eye_distance_px, QualityFlag::kTooSmall);
  flag_if(quality.sharpness < limits.blurred_sharpness, QualityFlag::kBlurred);
  flag_if(quality.brightness < limits.dark_brightness, QualityFlag::kDark);
  flag_if(quality.brightness > limits.bright_brightness, QualityFlag::kBright);
  flag_if(std::abs(quality.yaw) > limits.turned_yaw, QualityFlag::kTurned);
  flag_if(at_border, QualityFlag::kAtBorder);
  return flags;
}

// How far the base of the nose stands out of the plane of the eyes, in eye distances: what makes
// the limit of QualityLimits::turned_yaw 30 degrees. Noses differ, so the angle is an estimate.
constexpr double kNoseDepth = 0.38;

double YawDegrees(float yaw) {
  return std::atan(static_cast<double>(yaw) / kNoseDepth) * 180 / CV_PI;
}

std::optional<double> OfLight(const std::optional<LuminanceShares>& shares,
                              double (*measure)(const LuminanceShares&)) {
  if (!shares) return std::nullopt;
  return measure(*shares);
}

// In the order of kQualityMeasures.
std::vector<QualityComponent> Components(const Quality& quality, const Photo& photo,
                                         const Landmarks& landmarks, const cv::Rect2f& box) {
  const FacePose pose = PoseOf(landmarks);
  const FacePatch patch = CutFacePatch(photo.bgr, pose);
  const auto shares = SharesOf(patch);
  return {
      Assessed(QualityMeasure::kInterEyeDistance, quality.eye_distance_px),
      Assessed(QualityMeasure::kSharpness, quality.sharpness),
      Assessed(QualityMeasure::kIlluminationUniformity, IlluminationUniformity(patch)),
      Assessed(QualityMeasure::kLuminanceMean, OfLight(shares, LuminanceMean)),
      Assessed(QualityMeasure::kUnderExposure, OfLight(shares, UnderExposure)),
      Assessed(QualityMeasure::kDynamicRange, OfLight(shares, DynamicRange)),
      Assessed(QualityMeasure::kCompressionArtifacts, CompressionArtifacts(photo, box)),
      Assessed(QualityMeasure::kHeadPoseYaw, YawDegrees(quality.yaw)),
      Assessed(QualityMeasure::kHeadPoseRoll, quality.roll_degrees),
      Assessed(QualityMeasure::kFaceInPicture, ShareInPicture(pose, photo.bgr.size())),
  };
}

}  // namespace

Quality MeasureQuality(const Photo& photo, const Landmarks& landmarks, const cv::Rect2f& box,
                       const cv::Mat& chip, const QualityLimits& limits) {
  const cv::Size picture = photo.bgr.size();
  const cv::Point2f left = LeftEye(landmarks);
  const cv::Point2f along = RightEye(landmarks) - left;
  const cv::Point2f nose = landmarks[4] - left;
  cv::Mat luminance;
  cv::cvtColor(chip, luminance, cv::COLOR_BGR2GRAY);
  Quality quality;
  quality.eye_distance_px = std::hypot(along.x, along.y) * static_cast<float>(photo.reduction);
  quality.sharpness = Sharpness(luminance);
  quality.brightness = static_cast<float>(cv::mean(luminance)[0]);
  quality.roll_degrees = static_cast<float>(std::atan2(along.y, along.x) * 180 / CV_PI);
  quality.yaw = nose.dot(along) / along.dot(along) - 0.5F;
  const bool inside = box.x >= 0 && box.y >= 0 && box.br().x <= static_cast<float>(picture.width) &&
                      box.br().y <= static_cast<float>(picture.height);
  quality.flags = Flags(quality, !inside, limits);
  quality.version = kQualityVersion;
  quality.components = Components(quality, photo, landmarks, box);
  return quality;
}

const QualityComponent* ComponentOf(const Quality& quality, QualityMeasure measure) {
  if (quality.version != kQualityVersion) return nullptr;
  const auto found = std::ranges::find(quality.components, measure, &QualityComponent::measure);
  return found == quality.components.end() ? nullptr : &*found;
}

}  // namespace homeward
