#include "server/evaluate/cmc_curve.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "tests/evaluate/random_outcomes.h"

namespace homeward {
namespace {

RC_GTEST_PROP(CmcCurveTest, RisesAndPassesThroughTheRanksThatAreReported, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto outcomes = RandomOutcomes(random, 300);
  const auto curve = CmcCurve(outcomes);
  RC_ASSERT(curve.size() == std::size_t{kListLength});
  for (std::size_t i = 1; i < curve.size(); ++i) RC_ASSERT(curve[i] >= curve[i - 1]);
  const ScoreSummary summary = Summarise(outcomes);
  for (std::size_t i = 0; i < kRanks.size(); ++i) {
    const double found = summary.found_by_rank[i].value().value();
    RC_ASSERT(std::abs(curve[static_cast<std::size_t>(kRanks[i]) - 1] - found) < 1e-12);
  }
}

TEST(CmcCurveTest, IsEmptyWhereNobodyEnrolledIsSearchedFor) {
  EXPECT_TRUE(CmcCurve({ProbeOutcome{}}).empty());
}

}  // namespace
}  // namespace homeward
