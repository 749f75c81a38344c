#include "server/evaluate/chance_hits.h"

#include <algorithm>

namespace homeward {

std::array<ChanceHits, kChances.size()> CountChanceHits(const std::vector<ProbeOutcome>& outcomes) {
  std::array<ChanceHits, kChances.size()> counts;
  for (std::size_t i = 0; i < kChances.size(); ++i) {
    counts[i].chance = kChances[i];
    for (const ProbeOutcome& each : outcomes) {
      if (each.is_mated) continue;
      const auto hits = std::ranges::count_if(each.stranger_values,
                                              [&](double value) { return value <= kChances[i]; });
      counts[i].searches.Add(each.person, hits > 0 ? 1 : 0);
      counts[i].candidates.Add(each.person, hits);
    }
  }
  return counts;
}

}  // namespace homeward
