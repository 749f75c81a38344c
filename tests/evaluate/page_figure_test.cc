#include "server/evaluate/page_figure.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "tests/evaluate/random_outcomes.h"

namespace homeward {
namespace {

using ::testing::EndsWith;
using ::testing::Not;

RC_GTEST_PROP(PageFigureTest, GroupsAddUpToAll, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto groups = PageGroups(RandomOutcomes(random, 200), {.threshold = 0.3});
  RC_ASSERT(groups.front().name == "all");
  std::size_t outcomes = 0;
  std::int64_t alarms = 0;
  for (std::size_t i = 1; i < groups.size(); ++i) {
    outcomes += groups[i].outcomes.size();
    alarms += groups[i].active.false_alarms.hits;
  }
  RC_ASSERT(outcomes == groups.front().outcomes.size());
  RC_ASSERT(alarms == groups.front().active.false_alarms.hits);
}

TEST(PageFigureTest, MarksAnIntervalThatIsNotResampled) {
  Proportion spread;
  for (int i = 0; i < 100; ++i) spread.Add(std::to_string(i), i % 2);
  EXPECT_THAT(RateText(spread), Not(EndsWith("†")));
  EXPECT_THAT(RateText(spread), ::testing::StartsWith("50 % ("));
  Proportion none;
  for (int i = 0; i < 100; ++i) none.Add(std::to_string(i), 0);
  EXPECT_THAT(RateText(none), EndsWith(" †"));
  EXPECT_EQ(RateText({}), "–");
}

}  // namespace
}  // namespace homeward
