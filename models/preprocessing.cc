#include "models/preprocessing.h"

#include <algorithm>
#include <cmath>
#include <opencv2/dnn.hpp>
#include <vector>

namespace homeward {
namespace {

cv::Mat Standardised(const cv::Mat& chip) {
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(chip.reshape(1), mean, deviation);
  const auto numbers = static_cast<double>(chip.total()) * chip.channels();
  const double divisor = std::max(deviation[0], 1 / std::sqrt(numbers));
  cv::Mat standardised;
  chip.convertTo(standardised, CV_32F, 1 / divisor, -mean[0] / divisor);
  return standardised;
}

}  // namespace

cv::Mat NetworkInput(std::span<const cv::Mat> chips, const Preprocessing& preprocessing) {
  std::vector<cv::Mat> pictures(chips.begin(), chips.end());
  cv::Scalar mean;
  double scale = 1;
  if (preprocessing.standardise) {
    std::ranges::transform(pictures, pictures.begin(), Standardised);
  } else {
    mean = {preprocessing.mean[0], preprocessing.mean[1], preprocessing.mean[2]};
    scale = preprocessing.scale;
  }
  return cv::dnn::blobFromImages(pictures, scale, cv::Size(), mean,
                                 preprocessing.channels == ChannelOrder::kRgb);
}

}  // namespace homeward
