// What the searches of an evaluation say about accuracy: plain arithmetic, no photos.
//
// A probe that gave no template counts as it would in practice: its mate is missed at every rank
// and distance, and a non-mate's search finds nobody.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/evaluate/bootstrap.h"

namespace homeward {

// One search. Only the first kListLength candidates are looked at; a mate further down is missed.
// A value is what decisions are made by, the smaller the more alike: the distance, or the chance
// of such a hit among strangers (not cut off at 1).
struct ProbeOutcome {
  bool is_mated = false;
  bool has_template = false;
  std::string cohort;
  std::optional<int> mate_rank;              // 1 is the nearest
  std::optional<double> mate_value;          // with mate_rank
  std::optional<double> best_value;          // the smallest of all candidates
  std::string person = {};                   // who was searched for: the unit that is resampled
  std::vector<double> stranger_values = {};  // of the candidates who are not the mate
};

inline constexpr int kListLength = 100;
inline constexpr std::array kRanks = {1, 20, 50};
inline constexpr std::array kFpirs = {0.1, 0.03, 0.01, 0.003, 0.001};

// hits out of trials, and how they are spread over persons.
struct Proportion {
  std::int64_t hits = 0;
  std::int64_t trials = 0;
  std::map<std::string, PersonTally> persons = {};

  // One more trial for `person`.
  void Add(const std::string& person, std::int64_t new_hits);

  // All are absent where there was no trial. Where nothing is known of persons, each trial counts
  // as one.
  std::optional<double> value() const;
  std::optional<PersonInterval> interval() const;
  // Its ends.
  std::optional<double> low() const;
  std::optional<double> high() const;
};

// At one threshold of values: a candidate at or below it is reported.
struct OperatingRates {
  double threshold = 0;
  Proportion misses;        // FNIR: mated searches whose mate was not reported
  Proportion false_alarms;  // FPIR: non-mated searches with anyone reported
};

struct OperatingResult {
  double fpir = 0;  // aimed at
  // Absent with the reason why.
  std::optional<OperatingRates> rates;
  std::string reason;
};

struct ScoreSummary {
  std::int64_t mated = 0;
  std::int64_t non_mated = 0;
  std::int64_t failures = 0;                            // probes without a template
  std::array<Proportion, kRanks.size()> found_by_rank;  // of the mated
  std::array<OperatingResult, kFpirs.size()> operating_results;
};

// The largest threshold at which at most the share `fpir` of the non-mated searches reports anyone.
// Absent with fewer than 10 / fpir of them, as a handful of false alarms measures nothing, or where
// more searches found nobody than must.
std::optional<double> ThresholdFor(const std::vector<ProbeOutcome>& outcomes, double fpir);

OperatingRates RatesAt(const std::vector<ProbeOutcome>& outcomes, double threshold);

// At the thresholds of these outcomes themselves.
ScoreSummary Summarise(const std::vector<ProbeOutcome>& outcomes);

struct CohortSummary {
  ScoreSummary own;  // at the thresholds that the cohort would have for itself
  // At those of all outcomes together; absent where these are.
  std::array<OperatingResult, kFpirs.size()> at_overall_threshold;
};

// By the probes' cohort. `overall` is of the same outcomes.
std::map<std::string, CohortSummary> SummariseCohorts(const std::vector<ProbeOutcome>& outcomes,
                                                      const ScoreSummary& overall);

}  // namespace homeward
