#include "matcher/illumination.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "matcher/cheeks.h"

namespace homeward {
namespace {

// Levels in one bin where two small places are compared: with bins of one level chance decides.
constexpr std::size_t kLevelsInBin = 8;
constexpr std::size_t kDarkestLevel = 25;  // that still counts as under-exposed

std::optional<LuminanceShares> SharesIn(const FacePatch& patch, const cv::Rect& place) {
  LuminanceShares shares{};
  int count = 0;
  for (int y = place.y; y < place.br().y; ++y) {
    for (int x = place.x; x < place.br().x; ++x) {
      if (patch.inside(y, x) == 0) continue;
      ++shares[patch.luminance(y, x)];
      ++count;
    }
  }
  if (2 * count < place.area()) return std::nullopt;
  for (double& share : shares) share /= count;
  return shares;
}

double Sum(std::span<const double> shares) {
  double sum = 0;
  for (const double share : shares) sum += share;
  return sum;
}

}  // namespace

std::optional<LuminanceShares> SharesOf(const FacePatch& patch) {
  return SharesIn(patch, {0, 0, FacePatch::kSide, FacePatch::kSide});
}

double LuminanceMean(const LuminanceShares& shares) {
  double mean = 0;
  for (std::size_t level = 0; level < shares.size(); ++level) {
    mean += shares[level] * static_cast<double>(level) / 255;
  }
  return mean;
}

double UnderExposure(const LuminanceShares& shares) {
  return Sum(std::span(shares).first(kDarkestLevel + 1));
}

double DynamicRange(const LuminanceShares& shares) {
  double entropy = 0;
  for (const double share : shares) {
    if (share > 0) entropy -= share * std::log2(share);
  }
  return entropy;
}

std::optional<double> IlluminationUniformity(const FacePatch& patch) {
  const auto left = SharesIn(patch, LeftCheek());
  const auto right = SharesIn(patch, RightCheek());
  if (!left || !right) return std::nullopt;
  double overlap = 0;
  for (std::size_t level = 0; level < left->size(); level += kLevelsInBin) {
    overlap += std::min(Sum(std::span(*left).subspan(level, kLevelsInBin)),
                        Sum(std::span(*right).subspan(level, kLevelsInBin)));
  }
  return overlap;
}

}  // namespace homeward
