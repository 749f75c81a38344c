#include "matcher/face_print.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace homeward {
namespace {

// Of the chip's side, left out at each border: where copies are cropped, and hair and background.
constexpr double kMargin = 0.13;
// Light that changes over more than this share of the print is not compared: it is what differs
// between a picture and a photograph of it.
constexpr double kCoarsest = 1.0 / 6;
constexpr double kMean = 128;
constexpr double kDeviation = 32;
// Landmarks found in a copy differ by a pixel or two of the chip.
constexpr int kFarthestShift = 1;
// Chosen on 60 people of LFW with 4 to 8 photos each and twelve kinds of copies: copies are above
// it in 97 % (most others are another face of the picture), two photos of a person in none of 666
// pairs but one that is a copy.
constexpr double kSameCorrelation = 0.9;

constexpr int kSide = FacePrint::kSide;

// Of the places that both have where b is moved by (x, y) upon a.
double Correlation(const FacePrint& a, const FacePrint& b, int x, int y) {
  double sum_a = 0, sum_b = 0, sum_aa = 0, sum_bb = 0, sum_ab = 0;
  int count = 0;
  for (int row = std::max(0, y); row < kSide + std::min(0, y); ++row) {
    for (int column = std::max(0, x); column < kSide + std::min(0, x); ++column) {
      const double of_a = a.values[static_cast<std::size_t>(row * kSide + column)];
      const double of_b = b.values[static_cast<std::size_t>((row - y) * kSide + column - x)];
      sum_a += of_a;
      sum_b += of_b;
      sum_aa += of_a * of_a;
      sum_bb += of_b * of_b;
      sum_ab += of_a * of_b;
      ++count;
    }
  }
  const double spread = (sum_aa - sum_a * sum_a / count) * (sum_bb - sum_b * sum_b / count);
  return spread > 0 ? (sum_ab - sum_a * sum_b / count) / std::sqrt(spread) : 0;
}

}  // namespace

FacePrint PrintOf(const cv::Mat& chip) {
  const cv::Point corner(cvRound(kMargin * chip.cols), cvRound(kMargin * chip.rows));
  const cv::Mat middle = chip(cv::Rect(corner, cv::Size(chip.size()) - cv::Size(2 * corner)));
  cv::Mat luminance;
  cv::cvtColor(middle, luminance, cv::COLOR_BGR2GRAY);
  cv::Mat small;
  cv::resize(luminance, small, {kSide, kSide}, 0, 0, cv::INTER_AREA);
  small.convertTo(small, CV_32F);
  cv::Mat coarse;
  cv::GaussianBlur(small, coarse, {}, kCoarsest * kSide);
  const cv::Mat fine = small - coarse;
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(fine, mean, deviation);
  FacePrint print;
  const double scale = deviation[0] > 0 ? kDeviation / deviation[0] : 0;
  cv::Mat values(kSide, kSide, CV_8U, print.values.data());
  fine.convertTo(values, CV_8U, scale, kMean - scale * mean[0]);
  return print;
}

bool ShowSamePhotograph(const FacePrint& a, const FacePrint& b) {
  for (int y = -kFarthestShift; y <= kFarthestShift; ++y) {
    for (int x = -kFarthestShift; x <= kFarthestShift; ++x) {
      if (Correlation(a, b, x, y) >= kSameCorrelation) return true;
    }
  }
  return false;
}

}  // namespace homeward
