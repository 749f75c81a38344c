#include "server/evaluate/discard_curve.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace homeward {

std::vector<DiscardPoint> DiscardCurve(std::vector<GradedSearch> searches) {
  if (searches.empty()) return {};
  std::ranges::stable_sort(searches, {}, &GradedSearch::grade);
  std::map<std::string, std::vector<const GradedSearch*>> strata;
  for (const GradedSearch& each : searches) strata[each.stratum].push_back(&each);
  std::vector<DiscardPoint> curve;
  for (const double share : kDiscards) {
    DiscardPoint point{share, {}};
    for (const auto& [name, members] : strata) {
      const double first = std::floor(share * static_cast<double>(members.size()));
      for (std::size_t i = static_cast<std::size_t>(first); i < members.size(); ++i) {
        point.misses.Add(members[i]->person, members[i]->is_missed ? 1 : 0);
      }
    }
    curve.push_back(std::move(point));
  }
  return curve;
}

}  // namespace homeward
