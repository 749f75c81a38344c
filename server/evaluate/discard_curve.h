// Whether a measure of quality tells which photos will fail: error versus discard.
#pragma once

#include <array>
#include <vector>

#include "server/evaluate/evaluation_scores.h"

namespace homeward {

// A mated search whose photo gave a template.
struct GradedSearch {
  float grade = 0;  // of the photo searched with; the larger the better
  bool is_missed = false;
  std::string person;
  std::string stratum;
};

inline constexpr std::array kDiscards = {0.0, 0.05, 0.1, 0.15, 0.2, 0.25,
                                         0.3, 0.35, 0.4, 0.45, 0.5};

struct DiscardPoint {
  double discarded = 0;  // this share of each stratum's searches, those with the smallest grades
  Proportion misses;     // of the rest
};

// At kDiscards. Strata keep the mix of people as it is: where one group's photos are larger and its
// faces harder, size would seem to do harm. Of equal grades those first in `searches` go first.
// Empty without searches.
std::vector<DiscardPoint> DiscardCurve(std::vector<GradedSearch> searches);

}  // namespace homeward
