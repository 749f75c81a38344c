#include "server/evaluate/discard_curve.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

namespace homeward {
namespace {

RC_GTEST_PROP(DiscardCurveTest, FallsWhereTheGradeForetellsTheMiss, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  std::vector<GradedSearch> searches;
  const std::size_t count = 1 + random() % 300;
  for (std::size_t i = 0; i < count; ++i) {
    const auto grade = static_cast<float>(random() % 100);
    searches.push_back({grade, grade < 40, std::to_string(i % 20), ""});
  }
  const auto curve = DiscardCurve(searches);
  RC_ASSERT(curve.size() == kDiscards.size());
  RC_ASSERT(curve.front().misses.trials == std::ssize(searches));
  for (std::size_t i = 1; i < curve.size(); ++i) {
    RC_ASSERT(*curve[i].misses.value() <= *curve[i - 1].misses.value());
    RC_ASSERT(curve[i].misses.trials <= curve[i - 1].misses.trials);
    RC_ASSERT(curve[i].misses.trials >= std::ssize(searches) / 2);
  }
}

// One group has larger photos and harder faces. Discarding by size across groups leaves the hard
// one, and size seems to do harm; within each group it neither helps nor harms.
TEST(DiscardCurveTest, KeepsTheMixOfPeopleWhereStrataAreGiven) {
  std::vector<GradedSearch> searches;
  for (int i = 0; i < 400; ++i) {
    const bool is_hard = i % 2 == 0;
    const int draw = (i * 37) % 100;
    searches.push_back({static_cast<float>((is_hard ? 1'000 : 0) + (i * 61) % 400),
                        draw < (is_hard ? 80 : 10), std::to_string(i), is_hard ? "hard" : "easy"});
  }
  const auto within = DiscardCurve(searches);
  for (GradedSearch& each : searches) each.stratum.clear();
  const auto across = DiscardCurve(searches);
  EXPECT_EQ(within.front().misses.hits, across.front().misses.hits);
  EXPECT_GT(*across.back().misses.value(), *within.front().misses.value() + 0.25);
  EXPECT_NEAR(*within.back().misses.value(), *within.front().misses.value(), 0.1);
}

TEST(DiscardCurveTest, IsEmptyWithoutSearches) { EXPECT_TRUE(DiscardCurve({}).empty()); }

}  // namespace
}  // namespace homeward
