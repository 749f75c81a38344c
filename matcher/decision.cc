#include "matcher/decision.h"

#include <tuple>

namespace homeward {

bool IsAbove(const OperatingPoint& point, const Candidate& candidate) {
  if (candidate.evidence) return candidate.evidence->chance <= ChanceBound(point);
  return candidate.distance <= point.threshold;
}

bool IsListedBefore(const WeighedCandidate& a, const WeighedCandidate& b) {
  return std::tie(a.expected_strangers, a.candidate.record_created, a.candidate.record) <
         std::tie(b.expected_strangers, b.candidate.record_created, b.candidate.record);
}

}  // namespace homeward
