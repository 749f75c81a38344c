#include "matcher/quality.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "matcher/landmarks.h"

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

}  // namespace

Quality MeasureQuality(const Landmarks& landmarks, const cv::Rect2f& box, cv::Size picture,
                       const cv::Mat& chip, const QualityLimits& limits) {
  const cv::Point2f left = LeftEye(landmarks);
  const cv::Point2f along = RightEye(landmarks) - left;
  const cv::Point2f nose = landmarks[4] - left;
  cv::Mat luminance;
  cv::cvtColor(chip, luminance, cv::COLOR_BGR2GRAY);
  Quality quality;
  quality.eye_distance_px = std::hypot(along.x, along.y);
  quality.sharpness = Sharpness(luminance);
  quality.brightness = static_cast<float>(cv::mean(luminance)[0]);
  quality.roll_degrees = static_cast<float>(std::atan2(along.y, along.x) * 180 / CV_PI);
  quality.yaw = nose.dot(along) / along.dot(along) - 0.5F;
  const bool inside = box.x >= 0 && box.y >= 0 && box.br().x <= static_cast<float>(picture.width) &&
                      box.br().y <= static_cast<float>(picture.height);
  quality.flags = Flags(quality, !inside, limits);
  return quality;
}

}  // namespace homeward
