#include "server/evaluate/bootstrap.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace homeward {
namespace {

// Persons whose own rates scatter around `rate`, with one to ten searches each.
std::vector<PersonTally> RandomPersons(std::mt19937_64& random, int count, double rate) {
  std::uniform_real_distribution<double> share(0, 1);
  std::vector<PersonTally> persons;
  for (int i = 0; i < count; ++i) {
    const double own = share(random) < 0.5 ? rate / 2 : rate * 3 / 2;
    PersonTally tally{0, static_cast<std::int64_t>(1 + random() % 10)};
    for (int k = 0; k < tally.trials; ++k) tally.hits += share(random) < own ? 1 : 0;
    persons.push_back(tally);
  }
  return persons;
}

TEST(BootstrapTest, CoversTheTrueRateAboutAsOftenAsItSays) {
  std::mt19937_64 random(7);
  for (const double rate : {0.1, 0.4}) {
    int covered = 0;
    constexpr int kWorlds = 300;
    for (int i = 0; i < kWorlds; ++i) {
      const auto found = IntervalOverPersons(RandomPersons(random, 80, rate));
      ASSERT_TRUE(found);
      covered += found->interval.low <= rate && rate <= found->interval.high ? 1 : 0;
    }
    EXPECT_GE(covered, kWorlds * 90 / 100) << rate;
    EXPECT_LE(covered, kWorlds * 99 / 100) << "too wide to say anything at " << rate;
  }
}

RC_GTEST_PROP(BootstrapTest, HoldsTheRateAndIsTheSameEveryTime, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto persons = RandomPersons(random, static_cast<int>(1 + random() % 60), 0.3);
  PersonTally sum;
  for (const PersonTally& each : persons) {
    sum.hits += each.hits;
    sum.trials += each.trials;
  }
  const double rate = static_cast<double>(sum.hits) / static_cast<double>(sum.trials);
  const auto found = IntervalOverPersons(persons);
  RC_ASSERT(found.has_value());
  RC_ASSERT(0 <= found->interval.low && found->interval.low <= rate);
  RC_ASSERT(rate <= found->interval.high && found->interval.high <= 1);
  RC_ASSERT(found->interval.low < found->interval.high);
  const auto again = IntervalOverPersons(persons);
  RC_ASSERT(found->interval.low == again->interval.low);
  RC_ASSERT(found->interval.high == again->interval.high);
}

// Ten searches of one person that all go the same way are no ten independent trials.
TEST(BootstrapTest, IsWiderWhereThePersonsDecideAndNotTheSearches) {
  std::vector<PersonTally> persons;
  for (int i = 0; i < 100; ++i) persons.push_back({i % 4 == 0 ? 10 : 0, 10});
  const auto found = IntervalOverPersons(persons);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->is_bootstrap);
  const Interval naive = WilsonInterval(0.25, 1'000);
  EXPECT_GT(found->interval.high - found->interval.low, 2 * (naive.high - naive.low));
}

TEST(BootstrapTest, SaysWhatTheRuleOfThreeSaysWhereAllOrNoneAreHits) {
  const std::vector<PersonTally> none(300, {0, 5});
  const auto low = IntervalOverPersons(none);
  ASSERT_TRUE(low);
  EXPECT_FALSE(low->is_bootstrap);
  EXPECT_EQ(low->interval.low, 0);
  EXPECT_NEAR(low->interval.high, 3.0 / 300, 0.004);
  const std::vector<PersonTally> all(300, {5, 5});
  const auto high = IntervalOverPersons(all);
  ASSERT_TRUE(high);
  EXPECT_EQ(high->interval.high, 1);
  EXPECT_NEAR(high->interval.low, 1 - 3.0 / 300, 0.004);
}

TEST(BootstrapTest, DoesNotResampleAHandful) {
  const auto found = IntervalOverPersons(std::vector<PersonTally>(kLeastPersons - 1, {1, 2}));
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->is_bootstrap);
  EXPECT_FALSE(IntervalOverPersons({}));
}

}  // namespace
}  // namespace homeward
