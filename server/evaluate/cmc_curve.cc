#include "server/evaluate/cmc_curve.h"

namespace homeward {

std::vector<double> CmcCurve(const std::vector<ProbeOutcome>& outcomes) {
  double mated = 0;
  std::vector<double> curve(kListLength, 0);
  for (const ProbeOutcome& each : outcomes) {
    if (!each.is_mated) continue;
    ++mated;
    if (each.mate_rank) curve.at(static_cast<std::size_t>(*each.mate_rank) - 1) += 1;
  }
  if (mated == 0) return {};
  double found = 0;
  for (double& at_rank : curve) {
    found += at_rank;
    at_rank = found / mated;
  }
  return curve;
}

}  // namespace homeward
