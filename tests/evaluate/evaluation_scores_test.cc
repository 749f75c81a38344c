#include "server/evaluate/evaluation_scores.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace homeward {
namespace {

ProbeOutcome Mated(int rank, double distance) {
  return {.is_mated = true,
          .has_template = true,
          .cohort = "",
          .mate_rank = rank,
          .mate_value = distance,
          .best_value = std::nullopt};
}

ProbeOutcome NonMated(double nearest) {
  return {.is_mated = false,
          .has_template = true,
          .cohort = "",
          .mate_rank = std::nullopt,
          .mate_value = std::nullopt,
          .best_value = nearest};
}

ProbeOutcome Failed(bool is_mated) {
  ProbeOutcome outcome;
  outcome.is_mated = is_mated;
  return outcome;
}

// Distances come from few values, so that many are equal.
std::vector<ProbeOutcome> RandomOutcomes(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  const std::uint64_t values = 2 + random() % 400;
  std::vector<ProbeOutcome> outcomes;
  for (std::size_t i = 0; i < count; ++i) {
    const double distance = static_cast<double>(random() % values) / 100;
    const bool is_mated = random() % 3 == 0;
    ProbeOutcome outcome =
        is_mated ? Mated(static_cast<int>(1 + random() % 100), distance) : NonMated(distance);
    if (random() % 10 == 0) outcome = Failed(is_mated);
    outcome.cohort = random() % 4 == 0 ? "few" : "many";
    outcomes.push_back(outcome);
  }
  return outcomes;
}

double ShareOfAlarms(const std::vector<ProbeOutcome>& outcomes, double threshold) {
  double alarms = 0;
  double searches = 0;
  for (const ProbeOutcome& each : outcomes) {
    if (each.is_mated) continue;
    ++searches;
    if (each.best_value.has_value() && each.best_value.value() <= threshold) ++alarms;
  }
  return alarms / searches;
}

RC_GTEST_PROP(EvaluationScoresTest, ThresholdIsTheLargestThatRaisesNoMoreAlarmsThanAllowed,
              (std::uint64_t seed)) {
  const auto outcomes = RandomOutcomes(seed, 3'000);
  for (const double fpir : {0.1, 0.03, 0.01}) {
    const auto threshold = ThresholdFor(outcomes, fpir);
    RC_ASSERT(threshold.has_value());
    RC_ASSERT(ShareOfAlarms(outcomes, *threshold) <= fpir + 1e-9);
    RC_ASSERT(ShareOfAlarms(outcomes, std::nextafter(*threshold, 100.0)) > fpir + 1e-9);
  }
}

RC_GTEST_PROP(EvaluationScoresTest, RatesAreWhatCountingGives, (std::uint64_t seed)) {
  const auto outcomes = RandomOutcomes(seed, 500);
  const double threshold = static_cast<double>(seed % 400) / 100;
  const OperatingRates rates = RatesAt(outcomes, threshold);
  const ScoreSummary summary = Summarise(outcomes);
  std::int64_t mated = 0;
  std::int64_t reported = 0;
  std::array<std::int64_t, 3> found = {0, 0, 0};
  for (const ProbeOutcome& each : outcomes) {
    if (!each.is_mated) continue;
    ++mated;
    if (each.mate_value.value_or(1e9) <= threshold) ++reported;
    for (std::size_t i = 0; i < 3; ++i) {
      if (each.mate_rank.value_or(1'000) <= std::array{1, 20, 50}[i]) ++found[i];
    }
  }
  RC_ASSERT(rates.misses.trials == mated);
  RC_ASSERT(rates.misses.hits == mated - reported);
  RC_ASSERT(rates.false_alarms.trials == std::ssize(outcomes) - mated);
  RC_ASSERT(std::abs(rates.false_alarms.value().value() - ShareOfAlarms(outcomes, threshold)) <
            1e-12);
  RC_ASSERT(summary.mated == mated);
  RC_ASSERT(summary.failures == std::ranges::count(outcomes, false, &ProbeOutcome::has_template));
  for (std::size_t i = 0; i < 3; ++i) RC_ASSERT(summary.found_by_rank[i].hits == found[i]);
}

RC_GTEST_PROP(EvaluationScoresTest, CohortsAddUpToTheWhole, (std::uint64_t seed)) {
  const auto outcomes = RandomOutcomes(seed, 2'000);
  const ScoreSummary overall = Summarise(outcomes);
  const auto cohorts = SummariseCohorts(outcomes, overall);
  RC_ASSERT(cohorts.size() == 2u);
  std::int64_t mated = 0;
  std::int64_t failures = 0;
  std::array<Proportion, kFpirs.size()> alarms;
  for (const auto& [name, cohort] : cohorts) {
    mated += cohort.own.mated;
    failures += cohort.own.failures;
    for (std::size_t i = 0; i < kFpirs.size(); ++i) {
      const auto& rates = cohort.at_overall_threshold[i].rates;
      RC_ASSERT(rates.has_value() == overall.operating_results[i].rates.has_value());
      if (!rates) continue;
      RC_ASSERT(rates->threshold == overall.operating_results[i].rates->threshold);
      alarms[i].hits += rates->false_alarms.hits;
    }
  }
  RC_ASSERT(mated == overall.mated);
  RC_ASSERT(failures == overall.failures);
  for (std::size_t i = 0; i < kFpirs.size(); ++i) {
    const auto& rates = overall.operating_results[i].rates;
    if (rates) RC_ASSERT(alarms[i].hits == rates->false_alarms.hits);
  }
}

TEST(EvaluationScoresTest, AThresholdNeedsTenNonMatedSearchesForEachAlarmAllowed) {
  std::vector<ProbeOutcome> outcomes;
  for (int i = 0; i < 999; ++i) outcomes.push_back(NonMated(1 + i * 1e-3));
  EXPECT_TRUE(ThresholdFor(outcomes, 0.1));
  EXPECT_TRUE(ThresholdFor(outcomes, 0.03));
  EXPECT_FALSE(ThresholdFor(outcomes, 0.01));
  EXPECT_EQ(Summarise(outcomes).operating_results[2].reason,
            "999 non-mated searches; 1000 are needed");
  EXPECT_EQ(Summarise(outcomes).operating_results[3].reason,
            "999 non-mated searches; 3334 are needed");
  outcomes.push_back(NonMated(2));
  const auto threshold = ThresholdFor(outcomes, 0.01);
  ASSERT_TRUE(threshold);
  // Ten may raise an alarm: those at 1.000 to 1.009.
  EXPECT_GT(*threshold, 1.009);
  EXPECT_LT(*threshold, 1.010);
}

TEST(EvaluationScoresTest, FailuresOfNonMatesAreSearchesThatFindNobody) {
  std::vector<ProbeOutcome> outcomes(95, Failed(false));
  for (int i = 0; i < 5; ++i) outcomes.push_back(NonMated(1));
  EXPECT_FALSE(ThresholdFor(outcomes, 0.1));
  const OperatingResult result = Summarise(outcomes).operating_results[0];
  EXPECT_FALSE(result.rates);
  EXPECT_EQ(result.reason, "fewer non-mated searches found anyone than may raise an alarm");
  EXPECT_EQ(RatesAt(outcomes, 2).false_alarms.hits, 5);
  EXPECT_EQ(RatesAt(outcomes, 2).false_alarms.trials, 100);
}

TEST(EvaluationScoresTest, AMatedProbeWithoutATemplateIsAMissAtEveryRankAndThreshold) {
  const std::vector<ProbeOutcome> outcomes = {Mated(1, 0.2), Failed(true)};
  const ScoreSummary summary = Summarise(outcomes);
  for (const Proportion& found : summary.found_by_rank) EXPECT_EQ(found.value(), 0.5);
  EXPECT_EQ(RatesAt(outcomes, 100).misses.value(), 0.5);
  EXPECT_EQ(summary.failures, 1);
}

TEST(EvaluationScoresTest, IntervalsAreWilsonsWhereNothingIsKnownOfPersons) {
  struct Case {
    std::int64_t hits, trials;
    double low, high;
  };
  // Published worked examples of the score interval without continuity correction.
  for (const Case& each :
       {Case{81, 263, 0.2553, 0.3662}, Case{15, 148, 0.0624, 0.1605}, Case{0, 20, 0, 0.1611},
        Case{1, 29, 0.0061, 0.1718}, Case{29, 29, 0.8830, 1}}) {
    const Proportion proportion{.hits = each.hits, .trials = each.trials};
    const auto found = proportion.interval();
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->is_bootstrap);
    EXPECT_NEAR(proportion.low().value(), each.low, 5e-5);
    EXPECT_NEAR(proportion.high().value(), each.high, 5e-5);
  }
  EXPECT_FALSE(Proportion{}.value());
  EXPECT_FALSE(Proportion{}.interval());
  EXPECT_FALSE(Proportion{}.low());
  EXPECT_FALSE(Proportion{}.high());
}

}  // namespace
}  // namespace homeward
