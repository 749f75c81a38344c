// Outcomes of searches as chance has them, for properties.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "server/evaluate/evaluation_scores.h"

namespace homeward {

// Values come from few, so that many are equal; some photos gave no template; some mates are
// missed.
inline std::vector<ProbeOutcome> RandomOutcomes(std::mt19937_64& random, std::size_t count) {
  const std::uint64_t values = 2 + random() % 300;
  std::vector<ProbeOutcome> outcomes;
  for (std::size_t i = 0; i < count; ++i) {
    ProbeOutcome outcome;
    outcome.is_mated = random() % 2 == 0;
    outcome.person = "person" + std::to_string(random() % 40);
    outcome.cohort = random() % 3 == 0 ? "few" : "many";
    outcome.has_template = random() % 10 != 0;
    if (outcome.has_template) {
      for (std::uint64_t k = random() % 5; k > 0; --k) {
        outcome.stranger_values.push_back(static_cast<double>(1 + random() % values) / 300);
      }
      for (const double value : outcome.stranger_values) {
        outcome.best_value = std::min(outcome.best_value.value_or(value), value);
      }
      if (outcome.is_mated && random() % 8 != 0) {
        outcome.mate_rank = static_cast<int>(1 + random() % kListLength);
        outcome.mate_value = static_cast<double>(1 + random() % values) / 300;
        outcome.best_value = std::min(outcome.best_value.value_or(9), *outcome.mate_value);
      }
    }
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace homeward
