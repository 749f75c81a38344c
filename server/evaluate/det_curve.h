// The trade between missing somebody and raising a false alarm, at every threshold.
#pragma once

#include <vector>

#include "server/evaluate/evaluation_scores.h"

namespace homeward {

struct DetPoint {
  double threshold = 0;
  double fpir = 0;
  double fnir = 0;
};

// By ascending threshold, one point for each value at which either rate changes: as FPIR rises,
// FNIR falls. Empty where nobody was searched for that is enrolled, or nobody that is not.
std::vector<DetPoint> DetCurve(const std::vector<ProbeOutcome>& outcomes);

// FNIR at the largest threshold of the curve whose FPIR is at most `fpir`; 1 where none is.
double FnirAt(const std::vector<DetPoint>& curve, double fpir);

}  // namespace homeward
