#include "server/evaluate/det_curve.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "tests/evaluate/random_outcomes.h"

namespace homeward {
namespace {

RC_GTEST_PROP(DetCurveTest, FallsAsAlarmsRiseAndIsWhatCountingGives, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto outcomes = RandomOutcomes(random, 300);
  const auto curve = DetCurve(outcomes);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (i > 0) {
      RC_ASSERT(curve[i].threshold > curve[i - 1].threshold);
      RC_ASSERT(curve[i].fpir >= curve[i - 1].fpir);
      RC_ASSERT(curve[i].fnir <= curve[i - 1].fnir);
    }
    const OperatingRates rates = RatesAt(outcomes, curve[i].threshold);
    RC_ASSERT(std::abs(rates.false_alarms.value().value() - curve[i].fpir) < 1e-12);
    RC_ASSERT(std::abs(rates.misses.value().value() - curve[i].fnir) < 1e-12);
  }
}

RC_GTEST_PROP(DetCurveTest, IsReadAtTheLastPointThatAlarmsNoMore, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto curve = DetCurve(RandomOutcomes(random, 300));
  double least = 1;
  for (const DetPoint& point : curve) {
    if (point.fpir <= 0.1) least = std::min(least, point.fnir);
  }
  RC_ASSERT(FnirAt(curve, 0.1) == least);
}

TEST(DetCurveTest, NeedsBothKindsOfSearches) {
  ProbeOutcome outcome;
  outcome.is_mated = true;
  EXPECT_TRUE(DetCurve({outcome}).empty());
  outcome.is_mated = false;
  EXPECT_TRUE(DetCurve({outcome}).empty());
  EXPECT_EQ(FnirAt({}, 0.1), 1);
}

}  // namespace
}  // namespace homeward
