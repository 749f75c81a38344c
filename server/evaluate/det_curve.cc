#include "server/evaluate/det_curve.h"

#include <algorithm>

namespace homeward {
namespace {

struct Step {
  double value;
  bool is_mated;
};

}  // namespace

std::vector<DetPoint> DetCurve(const std::vector<ProbeOutcome>& outcomes) {
  std::vector<Step> steps;
  double mated = 0;
  double non_mated = 0;
  for (const ProbeOutcome& each : outcomes) {
    (each.is_mated ? mated : non_mated) += 1;
    const auto& value = each.is_mated ? each.mate_value : each.best_value;
    if (value) steps.push_back({*value, each.is_mated});
  }
  if (mated == 0 || non_mated == 0) return {};
  std::ranges::sort(steps, {}, &Step::value);
  std::vector<DetPoint> curve;
  double found = 0;
  double alarms = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    (steps[i].is_mated ? found : alarms) += 1;
    if (i + 1 < steps.size() && steps[i + 1].value == steps[i].value) continue;
    curve.push_back({steps[i].value, alarms / non_mated, 1 - found / mated});
  }
  return curve;
}

double FnirAt(const std::vector<DetPoint>& curve, double fpir) {
  double fnir = 1;
  for (const DetPoint& point : curve) {
    if (point.fpir > fpir) break;
    fnir = point.fnir;
  }
  return fnir;
}

}  // namespace homeward
