#include "server/evaluate/discard_curve.h"

#include <algorithm>
#include <cmath>

namespace homeward {

std::vector<DiscardPoint> DiscardCurve(std::vector<GradedSearch> searches) {
  if (searches.empty()) return {};
  std::ranges::stable_sort(searches, {}, &GradedSearch::grade);
  std::vector<DiscardPoint> curve;
  for (const double share : kDiscards) {
    DiscardPoint point{share, {}};
    const auto first =
        static_cast<std::size_t>(std::floor(share * static_cast<double>(searches.size())));
    for (std::size_t i = first; i < searches.size(); ++i) {
      point.misses.Add(searches[i].person, searches[i].is_missed ? 1 : 0);
    }
    curve.push_back(std::move(point));
  }
  return curve;
}

}  // namespace homeward
