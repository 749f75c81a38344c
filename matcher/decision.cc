#include "matcher/decision.h"

namespace homeward {

bool IsAbove(const OperatingPoint& point, const Candidate& candidate) {
  if (candidate.evidence) return candidate.evidence->chance <= ChanceBound(point);
  return candidate.distance <= point.threshold;
}

}  // namespace homeward
