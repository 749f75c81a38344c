#include "server/evaluate/calibrated_bound.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace homeward {
namespace {

// Keeps 0.03 * 1000 from falling short of a whole number, and 10 / 0.1 from exceeding one.
constexpr double kRounding = 1e-9;

}  // namespace

Result<void> CheckSearches(std::int64_t non_mated, double fpir) {
  const auto needed = static_cast<std::int64_t>(std::ceil(10 / fpir - kRounding));
  if (non_mated >= needed) return {};
  return Fail(Reason::kFieldInvalid,
              fmt::format("The set has {} non-mated searches; to measure a rate of {} it takes {} "
                          "(10 false alarms). Add photos of people who are not enrolled, or "
                          "promise less with a larger --fpir.",
                          non_mated, fpir, needed),
              {{"non_mated", std::to_string(non_mated)}, {"needed", std::to_string(needed)}});
}

Result<double> CalibratedBound(const std::vector<ProbeOutcome>& outcomes, double fpir) {
  std::vector<double> best;
  std::int64_t non_mated = 0;
  for (const ProbeOutcome& each : outcomes) {
    if (each.is_mated) continue;
    ++non_mated;
    if (each.best_value) best.push_back(*each.best_value);
  }
  if (auto ok = CheckSearches(non_mated, fpir); !ok) return std::unexpected(ok.error());
  const double allowed = fpir * static_cast<double>(non_mated) + kRounding;
  const auto last = static_cast<std::size_t>(std::floor(allowed));  // counted from 1; at least 10
  if (last >= best.size()) {
    return Fail(Reason::kFieldInvalid,
                fmt::format("Of {} non-mated searches only {} found anyone at all, fewer than may "
                            "raise a false alarm: nothing can be measured.",
                            non_mated, best.size()));
  }
  std::ranges::sort(best);
  const double bound =
      std::lerp(best[last - 1], best[last], allowed - std::floor(allowed) - kRounding);
  return std::min(bound, std::nextafter(best[last], -std::numeric_limits<double>::infinity()));
}

}  // namespace homeward
