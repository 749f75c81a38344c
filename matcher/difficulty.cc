#include "matcher/difficulty.h"

#include <algorithm>
#include <cmath>

namespace homeward {
namespace {

constexpr int kGrownUp = 18;
// Beyond these nothing was measured, and nothing changes any more.
constexpr double kMostScore = 100;
constexpr double kMostDistance = 100;

// A logarithm between that of 1 and that of `enough`.
double LogUpTo(double value, double enough) {
  if (!(value > 1)) return 0;  // also where it is no number
  return std::log(std::min(value, std::max(enough, 1.0)));
}

double Within(double value, double most, double otherwise) {
  return std::isnan(value) ? otherwise : std::clamp(value, -most, most);
}

double StepAt(const std::vector<MissStep>& steps, int years) {
  double rate = 0;
  for (const MissStep& step : steps) {
    if (step.from_years <= years) rate = std::max(rate, step.miss_rate);
  }
  return rate;
}

}  // namespace

double NeededDistance(const ProbeOutlook& outlook) {
  return static_cast<double>(outlook.spread.mean) -
         static_cast<double>(outlook.spread.deviation) * outlook.needed_score;
}

double ExpectedMissRate(const ProbeOutlook& outlook, const MissCurve& curve) {
  const double score = Within(outlook.needed_score, kMostScore, kMostScore);
  const double distance = Within(NeededDistance(outlook), kMostDistance, -kMostDistance);
  const double sum =
      curve.intercept + curve.needed_score * score + curve.needed_distance * distance +
      (outlook.is_cut_off ? curve.cut_off : 0) +
      curve.sharpness * LogUpTo(outlook.sharpness, curve.enough_sharpness) +
      curve.eye_distance * LogUpTo(outlook.eye_distance_px, curve.enough_eye_distance_px);
  const double least = outlook.taken ? LeastMissRate(*outlook.taken, curve) : 0;
  if (std::isnan(sum)) return 1;
  return std::clamp(1 / (1 + std::exp(-sum)), least, 1.0);
}

bool ShowsChild(const PhotoAge& taken, const MissCurve& curve) {
  return taken.age_max && *taken.age_max <= curve.child_until;
}

double LeastMissRate(const PhotoAge& taken, const MissCurve& curve) {
  if (ShowsChild(taken, curve)) return StepAt(curve.children, taken.years_since);
  if (taken.age_min && *taken.age_min >= kGrownUp) return StepAt(curve.adults, taken.years_since);
  return 0;
}

}  // namespace homeward
