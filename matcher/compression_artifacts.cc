#include "matcher/compression_artifacts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace homeward {
namespace {

constexpr int kBlock = 8;
constexpr int kMostPx = 512;

// The middle of `side` pixels from `from` on that lies within `length`, at most kMostPx of it.
cv::Range Middle(double from, double side, int length) {
  const double first = std::clamp(from, 0.0, static_cast<double>(length));
  const double last = std::clamp(from + side, first, static_cast<double>(length));
  const double spare = std::max(0.0, (last - first - kMostPx) / 2);
  return {static_cast<int>(std::ceil(first + spare)), static_cast<int>(std::floor(last - spare))};
}

// How much more the steps from column to column of `luma` stand out at every eighth column than at
// the others, at the offset where that is most.
double StepAtBlocks(const cv::Mat& luma) {
  std::array<double, kBlock> sums{};
  std::array<double, kBlock> counts{};
  for (int y = 0; y < luma.rows; ++y) {
    const auto* row = luma.ptr<unsigned char>(y);
    const auto step = [row](int x) { return std::abs(row[x + 1] - row[x]); };
    for (int x = 1; x + 2 < luma.cols; ++x) {
      const auto offset = static_cast<std::size_t>(x % kBlock);
      sums[offset] += step(x) - (step(x - 1) + step(x + 1)) / 2.0;
      ++counts[offset];
    }
  }
  double total = 0;
  double most = 0;
  for (std::size_t offset = 0; offset < sums.size(); ++offset) {
    const double mean = sums[offset] / counts[offset];
    total += mean;
    most = offset == 0 ? mean : std::max(most, mean);
  }
  return most - (total - most) / (kBlock - 1);
}

}  // namespace

std::optional<double> CompressionArtifacts(const Photo& photo, const cv::Rect2f& box) {
  if (photo.decode_scale != 1 || photo.format == PhotoFormat::kWebp) return std::nullopt;
  const cv::Range columns = Middle(box.x, box.width, photo.bgr.cols);
  const cv::Range rows = Middle(box.y, box.height, photo.bgr.rows);
  if (columns.size() < kLeastBlockyPx || rows.size() < kLeastBlockyPx) return std::nullopt;
  cv::Mat luma;
  cv::cvtColor(photo.bgr(rows, columns), luma, cv::COLOR_BGR2GRAY);
  const double across = StepAtBlocks(luma);
  return std::min(across, StepAtBlocks(luma.t()));
}

}  // namespace homeward
