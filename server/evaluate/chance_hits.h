// Predicted against observed: a candidate says how often a search for somebody who is not there
// shows the like, and such searches tell whether that is so.
#pragma once

#include <array>
#include <vector>

#include "server/evaluate/evaluation_scores.h"

namespace homeward {

inline constexpr std::array kChances = {0.003, 0.01, 0.03, 0.1, 0.3};

// Of the non-mated searches, whose every candidate is there by chance.
struct ChanceHits {
  double chance = 0;      // a candidate counts whose chance is told as this or less
  Proportion searches;    // that show one; predicted: the share `chance`
  Proportion candidates;  // hits are candidates, trials are searches; predicted: `chance` a search
};

// `outcomes` must have been decided by chance.
std::array<ChanceHits, kChances.size()> CountChanceHits(const std::vector<ProbeOutcome>& outcomes);

}  // namespace homeward
