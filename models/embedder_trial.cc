#include "models/embedder_trial.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>

namespace homeward {
namespace {

constexpr int kLeastContrast = 16;

using Vectors = std::vector<std::vector<float>>;

// A coarse grid of colours, enlarged: `cells` of them a side, `contrast` of 256 steps.
cv::Mat SoftShapes(cv::RNG& random, int side_px, int cells, int contrast) {
  cv::Mat grid(cells, cells, CV_8UC3);
  random.fill(grid, cv::RNG::UNIFORM, 128 - contrast / 2, 128 + (contrast + 1) / 2);
  cv::Mat chip;
  cv::resize(grid, chip, {side_px, side_px}, 0, 0, cv::INTER_LINEAR);
  return chip;
}

Result<Vectors> InBatches(FaceEmbedder& embedder, std::span<const cv::Mat> chips,
                          std::size_t batch) {
  Vectors all;
  for (std::size_t first = 0; first < chips.size(); first += batch) {
    const std::size_t count = std::min(batch, chips.size() - first);
    auto vectors = embedder.Embed(chips.subspan(first, count));
    if (!vectors) return vectors;
    all.insert(all.end(), vectors->begin(), vectors->end());
  }
  return all;
}

std::string Decimal(float value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g", static_cast<double>(value));
  return text.data();
}

// NaN where a component is no number.
float LargestDifference(const Vectors& a, const Vectors& b) {
  float largest = 0;
  for (std::size_t chip = 0; chip < a.size(); ++chip) {
    for (std::size_t i = 0; i < a[chip].size(); ++i) {
      const float difference = std::abs(a[chip][i] - b.at(chip).at(i));
      if (!(difference <= largest)) largest = difference;
      if (std::isnan(largest)) return largest;
    }
  }
  return largest;
}

}  // namespace

std::vector<cv::Mat> TrialChips(int side_px) {
  cv::RNG random(20);
  std::vector<cv::Mat> chips = {SoftShapes(random, side_px, side_px, 256)};
  while (chips.size() < kTrialChips) {
    const int at = static_cast<int>(chips.size());
    chips.push_back(SoftShapes(random, side_px, 2 + at, kLeastContrast + 12 * at));
  }
  return chips;
}

Result<void> TryEmbedder(FaceEmbedder& candidate, FaceEmbedder& reference, int side_px) {
  const std::vector<cv::Mat> chips = TrialChips(side_px);
  const auto expected = InBatches(reference, chips, kTrialChips);
  if (!expected) return std::unexpected(expected.error());
  const auto together = InBatches(candidate, chips, kTrialChips);
  if (!together) return std::unexpected(together.error());
  const float difference = LargestDifference(*expected, *together);
  if (!(difference <= kTrialTolerance)) {
    return Fail(Reason::kModelMismatch, "its vectors differ from the reference by " +
                                            Decimal(difference) + " in the self-test");
  }
  for (const std::size_t batch : {1, 2}) {
    const auto apart = InBatches(candidate, chips, batch);
    if (!apart) return std::unexpected(apart.error());
    if (*apart != *together) {
      return Fail(Reason::kModelMismatch, "its vectors depend on the batch in the self-test");
    }
  }
  return {};
}

}  // namespace homeward
