#include "server/evaluate/evaluation_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace homeward {
namespace {

// Keeps 10 / 0.1 and 0.03 * 1000 from falling short of whole numbers.
constexpr double kRounding = 1e-9;

bool HasEnough(std::int64_t non_mated, double fpir) {
  return static_cast<double>(non_mated) + kRounding >= 10 / fpir;
}

OperatingResult ResultFor(const std::vector<ProbeOutcome>& outcomes, double fpir,
                          std::int64_t non_mated) {
  if (!HasEnough(non_mated, fpir)) {
    return {fpir, std::nullopt,
            fmt::format("{} non-mated searches; {:.0f} are needed", non_mated,
                        std::ceil(10 / fpir - kRounding))};
  }
  const auto threshold = ThresholdFor(outcomes, fpir);
  if (!threshold) {
    return {fpir, std::nullopt, "fewer non-mated searches found anyone than may raise an alarm"};
  }
  return {fpir, RatesAt(outcomes, *threshold), ""};
}

}  // namespace

void Proportion::Add(const std::string& person, std::int64_t new_hits) {
  hits += new_hits;
  ++trials;
  PersonTally& tally = persons[person];
  tally.hits += new_hits;
  ++tally.trials;
}

std::optional<double> Proportion::value() const {
  if (trials == 0) return std::nullopt;
  return static_cast<double>(hits) / static_cast<double>(trials);
}

std::optional<PersonInterval> Proportion::interval() const {
  if (trials == 0) return std::nullopt;
  if (persons.empty()) {
    return PersonInterval{WilsonInterval(*value(), static_cast<double>(trials)), false};
  }
  std::vector<PersonTally> tallies;
  for (const auto& [name, tally] : persons) tallies.push_back(tally);
  return IntervalOverPersons(tallies);
}

std::optional<double> Proportion::low() const {
  const auto found = interval();
  if (!found) return std::nullopt;
  return found->interval.low;
}

std::optional<double> Proportion::high() const {
  const auto found = interval();
  if (!found) return std::nullopt;
  return found->interval.high;
}

std::optional<double> ThresholdFor(const std::vector<ProbeOutcome>& outcomes, double fpir) {
  std::vector<double> nearest;
  std::int64_t non_mated = 0;
  for (const ProbeOutcome& each : outcomes) {
    if (each.is_mated) continue;
    ++non_mated;
    if (each.best_value) nearest.push_back(*each.best_value);
  }
  if (!HasEnough(non_mated, fpir)) return std::nullopt;
  const auto alarms =
      static_cast<std::size_t>(std::floor(fpir * static_cast<double>(non_mated) + kRounding));
  if (alarms >= nearest.size()) return std::nullopt;
  // One more alarm would be too many, so the search that would raise it must stay below.
  std::ranges::nth_element(nearest, nearest.begin() + static_cast<std::ptrdiff_t>(alarms));
  return std::nextafter(nearest[alarms], -std::numeric_limits<double>::infinity());
}

OperatingRates RatesAt(const std::vector<ProbeOutcome>& outcomes, double threshold) {
  OperatingRates rates{threshold, {}, {}};
  for (const ProbeOutcome& each : outcomes) {
    if (each.is_mated) {
      const bool is_found = each.mate_value && *each.mate_value <= threshold;
      rates.misses.Add(each.person, is_found ? 0 : 1);
    } else {
      const bool is_alarm = each.best_value && *each.best_value <= threshold;
      rates.false_alarms.Add(each.person, is_alarm ? 1 : 0);
    }
  }
  return rates;
}

ScoreSummary Summarise(const std::vector<ProbeOutcome>& outcomes) {
  ScoreSummary summary;
  for (const ProbeOutcome& each : outcomes) {
    ++(each.is_mated ? summary.mated : summary.non_mated);
    summary.failures += each.has_template ? 0 : 1;
    if (!each.is_mated) continue;
    for (std::size_t i = 0; i < kRanks.size(); ++i) {
      const bool is_found = each.mate_rank && *each.mate_rank <= kRanks[i];
      summary.found_by_rank[i].Add(each.person, is_found ? 1 : 0);
    }
  }
  for (std::size_t i = 0; i < kFpirs.size(); ++i) {
    summary.operating_results[i] = ResultFor(outcomes, kFpirs[i], summary.non_mated);
  }
  return summary;
}

std::map<std::string, CohortSummary> SummariseCohorts(const std::vector<ProbeOutcome>& outcomes,
                                                      const ScoreSummary& overall) {
  std::map<std::string, std::vector<ProbeOutcome>> cohorts;
  for (const ProbeOutcome& each : outcomes) cohorts[each.cohort].push_back(each);
  std::map<std::string, CohortSummary> summaries;
  for (const auto& [name, members] : cohorts) {
    CohortSummary& summary = summaries[name];
    summary.own = Summarise(members);
    summary.at_overall_threshold = overall.operating_results;
    for (OperatingResult& result : summary.at_overall_threshold) {
      if (result.rates) result.rates = RatesAt(members, result.rates->threshold);
    }
  }
  return summaries;
}

}  // namespace homeward
