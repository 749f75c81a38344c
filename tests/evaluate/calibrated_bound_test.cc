#include "server/evaluate/calibrated_bound.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

namespace homeward {
namespace {

using ::testing::HasSubstr;

ProbeOutcome NonMate(std::optional<double> best) {
  ProbeOutcome outcome;
  outcome.best_value = best;
  return outcome;
}

// Values 1, 2, ... in no order.
std::vector<ProbeOutcome> NonMates(int count) {
  std::vector<ProbeOutcome> outcomes;
  for (int i = 0; i < count; ++i) outcomes.push_back(NonMate((i * 37) % count + 1));
  return outcomes;
}

double ObservedAt(const std::vector<ProbeOutcome>& outcomes, double bound) {
  return RatesAt(outcomes, bound).false_alarms.value().value();
}

TEST(CalibratedBoundTest, LiesAtTheLastSearchThatMayRaiseAnAlarm) {
  const auto outcomes = NonMates(211);
  ASSERT_EQ(CalibratedBound(NonMates(200), 0.05).value(), 10);
  // 10.55 of them may: half of the way to the next, and a little.
  EXPECT_NEAR(CalibratedBound(outcomes, 0.05).value(), 10.55, 1e-6);
}

TEST(CalibratedBoundTest, StaysBelowSearchesOfOneValueThatAreTooMany) {
  std::vector<ProbeOutcome> outcomes = NonMates(200);
  for (ProbeOutcome& each : outcomes) each.best_value = std::max(*each.best_value, 20.0);
  const double bound = CalibratedBound(outcomes, 0.05).value();
  EXPECT_LT(bound, 20);
  EXPECT_EQ(ObservedAt(outcomes, bound), 0);
}

TEST(CalibratedBoundTest, RefusesFewerThanTenFalseAlarmsInWords) {
  const auto refused = CalibratedBound(NonMates(199), 0.05);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kFieldInvalid);
  EXPECT_THAT(refused.error().message, HasSubstr("199 non-mated searches"));
  EXPECT_EQ(refused.error().metadata.at("needed"), "200");
  EXPECT_TRUE(CheckSearches(1000, 0.01));
  EXPECT_FALSE(CheckSearches(999, 0.01));
}

TEST(CalibratedBoundTest, RefusesWhereFewerFoundAnyoneThanMay) {
  std::vector<ProbeOutcome> outcomes = NonMates(10);
  for (int i = 0; i < 190; ++i) outcomes.push_back(NonMate({}));
  EXPECT_THAT(CalibratedBound(outcomes, 0.05).error().message, HasSubstr("only 10 found anyone"));
}

TEST(CalibratedBoundTest, LooksAtNoMatedSearch) {
  std::vector<ProbeOutcome> outcomes = NonMates(200);
  ProbeOutcome mated = NonMate(0.001);
  mated.is_mated = true;
  outcomes.insert(outcomes.end(), 50, mated);
  EXPECT_EQ(CalibratedBound(outcomes, 0.05).value(), 10);
}

RC_GTEST_PROP(CalibratedBoundTest, KeepsThePromiseAndWastesLessThanOneSearchOfIt,
              (std::uint32_t seed)) {
  std::mt19937 random(seed);
  std::vector<int> values(100 + random() % 200);
  for (int& value : values) value = static_cast<int>(random() % 150);  // some alike
  std::vector<ProbeOutcome> outcomes;
  for (const int value : values) outcomes.push_back(NonMate(value));
  const double fpir = 0.1;
  const double bound = CalibratedBound(outcomes, fpir).value();
  const auto count = static_cast<double>(values.size());
  RC_ASSERT(ObservedAt(outcomes, bound) <= fpir + 1e-12);
  // With the next larger value there would be too many alarms.
  const auto next =
      std::ranges::min(values, {}, [&](int value) { return value > bound ? value : 1 << 20; });
  RC_ASSERT(ObservedAt(outcomes, next) * count > fpir * count);
}

}  // namespace
}  // namespace homeward
