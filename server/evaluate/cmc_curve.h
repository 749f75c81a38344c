// How far down the list one has to look.
#pragma once

#include <vector>

#include "server/evaluate/evaluation_scores.h"

namespace homeward {

// The share of the mated searches whose mate is among the first 1, 2, ... kListLength candidates.
// Empty without mated searches.
std::vector<double> CmcCurve(const std::vector<ProbeOutcome>& outcomes);

}  // namespace homeward
