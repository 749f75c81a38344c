#include "server/evaluate/chance_hits.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>

#include "tests/evaluate/random_outcomes.h"

namespace homeward {
namespace {

RC_GTEST_PROP(ChanceHitsTest, AreTheMoreTheMoreChanceIsAllowedAndAtLeastOnePerSearch,
              (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto counts = CountChanceHits(RandomOutcomes(random, 400));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    RC_ASSERT(counts[i].candidates.hits >= counts[i].searches.hits);
    RC_ASSERT(counts[i].searches.trials == counts.front().searches.trials);
    if (i > 0) RC_ASSERT(counts[i].searches.hits >= counts[i - 1].searches.hits);
    if (i > 0) RC_ASSERT(counts[i].candidates.hits >= counts[i - 1].candidates.hits);
  }
}

// FPIR counts the same searches in another way.
RC_GTEST_PROP(ChanceHitsTest, AgreeWithTheFalseAlarmsAtThatThreshold, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto outcomes = RandomOutcomes(random, 400);
  for (const ChanceHits& each : CountChanceHits(outcomes)) {
    const Proportion alarms = RatesAt(outcomes, each.chance).false_alarms;
    RC_ASSERT(each.searches.hits == alarms.hits);
    RC_ASSERT(each.searches.trials == alarms.trials);
  }
}

// In a world where the number of strangers below a chance is Poisson's, as many as it says.
TEST(ChanceHitsTest, AreAsPredictedWhereChancesAreTrue) {
  std::mt19937_64 random(11);
  std::exponential_distribution<double> gap(1);
  std::vector<ProbeOutcome> outcomes;
  for (int i = 0; i < 4'000; ++i) {
    ProbeOutcome outcome;
    outcome.has_template = true;
    outcome.person = std::to_string(i);
    for (double value = gap(random); value < 3; value += gap(random)) {
      outcome.stranger_values.push_back(value);
    }
    outcomes.push_back(std::move(outcome));
  }
  for (const ChanceHits& each : CountChanceHits(outcomes)) {
    const double deviation = std::sqrt(each.chance / 4'000);
    EXPECT_NEAR(*each.candidates.value(), each.chance, 4 * deviation);
  }
}

}  // namespace
}  // namespace homeward
