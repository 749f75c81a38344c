#include "matcher/evidence.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace homeward {
namespace {

// As fitted for one space; any line would do.
const ChanceLine kLine{.intercept = 3.71,
                       .slope = 1.46,
                       .gallery_exponent = 0.487,
                       .least_gallery = 300,
                       .data = {},
                       .measured_on = {}};

TEST(EvidenceTest, MeasuresTheSpreadOfTheNearestStrangersOfBothKinds) {
  // The nearest other is left out: 0.1 does not count.
  const Spread spread = SpreadOf(std::vector{0.1, 0.4, 0.8}, std::vector{0.6, 1.0});
  EXPECT_FLOAT_EQ(spread.mean, 0.7F);
  EXPECT_FLOAT_EQ(spread.deviation, std::sqrt(0.05F));
}

TEST(EvidenceTest, LooksAtNoMoreThanTheNearestHundred) {
  std::vector<double> others(101, 0.5);
  others[0] = 0.01;
  const Spread spread = SpreadOf(others, std::vector{0.9, 1.1});
  EXPECT_FLOAT_EQ(spread.mean, 0.5F);
  EXPECT_FLOAT_EQ(spread.deviation, static_cast<float>(kLeastDeviation));
}

TEST(EvidenceTest, OfNobodyHasTheSpreadOfNobody) {
  EXPECT_EQ(SpreadOf({}, {}), Spread());
  EXPECT_EQ(SpreadOf(std::vector{0.3}, {}), Spread());
}

RC_GTEST_PROP(EvidenceTest, SpreadIsThatOfTheMergedList,
              (std::vector<unsigned> a, std::vector<unsigned> b)) {
  const auto ascending = [](const std::vector<unsigned>& values) {
    std::vector<double> distances;
    for (const unsigned value : values) distances.push_back(0.001 * (value % 2000));
    std::ranges::sort(distances);
    return distances;
  };
  const auto others = ascending(a);
  const auto synthetic = ascending(b);
  std::vector<double> merged(others.begin() + (others.empty() ? 0 : 1), others.end());
  merged.insert(merged.end(), synthetic.begin(), synthetic.end());
  std::ranges::sort(merged);
  merged.resize(std::min<std::size_t>(merged.size(), kSpreadNeighbours));
  RC_PRE(!merged.empty());
  double mean = 0;
  for (const double each : merged) mean += each / static_cast<double>(merged.size());
  RC_ASSERT(std::abs(SpreadOf(others, synthetic).mean - mean) < 1e-5);
}

TEST(EvidenceTest, CountsADistanceInDeviationsFromTheStrangersOfBoth) {
  EXPECT_DOUBLE_EQ(
      Score(0.25, {.mean = 0.75F, .deviation = 0.125F}, {.mean = 0.5F, .deviation = 0.0625F}), 4.0);
}

TEST(EvidenceTest, EqualsThePublishedLine) {
  // z at P = .01 is 5.70 + 0.334 ln(N / 1000).
  EXPECT_NEAR(ScoreForChance(0.01, 1000, kLine), 5.70, 0.01);
  EXPECT_NEAR(ScoreForChance(0.01, 8000, kLine), 5.70 + 0.334 * std::log(8.0), 0.01);
  EXPECT_EQ(ChanceOfStranger(-10, 1000, kLine), 1.0);
}

RC_GTEST_PROP(EvidenceTest, ScoreAndChanceAreEachOthersInverse, ()) {
  const double chance = 1e-4 + 1e-4 * *rc::gen::inRange(0, 9000);
  const auto people = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  RC_ASSERT(std::abs(ChanceOfStranger(ScoreForChance(chance, people, kLine), people, kLine) -
                     chance) < 1e-9);
}

TEST(EvidenceTest, NoChanceIsToldThatWasNeverMeasured) {
  ChanceLine line = kLine;
  line.least_chance = 0.005;
  EXPECT_EQ(ChanceOfStranger(50, 1000, line), 0.005);
  EXPECT_LT(ExpectedStrangers(50, 1000, line), 1e-20);
  EXPECT_EQ(ChanceOfStranger(5, 1000, line), ChanceOfStranger(5, 1000, kLine));
}

TEST(EvidenceTest, TellsBetweenWhatOtherGroupsWereObservedToShow) {
  ChanceLine line = kLine;
  line.least_chance = 0.005;
  line.ratio_min = 0.5;
  line.ratio_max = 3;
  const auto at = [&](double chance) {
    return EvidenceFor(ScoreForChance(chance, 1000, line), 1000, line);
  };
  const Evidence evidence = at(0.01);
  EXPECT_NEAR(evidence.chance, 0.01, 1e-12);
  EXPECT_NEAR(evidence.chance_min, 0.005, 1e-12);
  EXPECT_NEAR(evidence.chance_max, 0.03, 1e-12);
  EXPECT_EQ(at(0.5).chance_max, 1.0);
  EXPECT_EQ(at(0.001).chance, 0.005);
  EXPECT_EQ(at(0.001).chance_min, 0) << "far less, or not: it was not measured";
  EXPECT_NEAR(at(0.001).chance_max, 0.015, 1e-12);
}

TEST(EvidenceTest, KnowsNoIntervalWhereNoneWasMeasured) {
  const Evidence evidence = EvidenceFor(6, 1000, kLine);
  EXPECT_EQ(evidence.chance_min, 0);
  EXPECT_EQ(evidence.chance_max, 1);
}

TEST(EvidenceTest, FewPeopleCountAsTheLeastThatTheLineWasMeasuredFor) {
  const double least = ChanceOfStranger(5, kLine.least_gallery, kLine);
  EXPECT_EQ(ChanceOfStranger(5, 1, kLine), least);
  EXPECT_EQ(ScoreForChance(0.01, 0, kLine), ScoreForChance(0.01, kLine.least_gallery, kLine));
  EXPECT_GT(ChanceOfStranger(5, 2 * kLine.least_gallery, kLine), least);
}

RC_GTEST_PROP(EvidenceTest, MorePeopleAndLessLikenessMakeChanceLikelier, ()) {
  const double score = 0.01 * *rc::gen::inRange(-500, 1500);
  const auto people = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  const double chance = ChanceOfStranger(score, people, kLine);
  RC_ASSERT(ChanceOfStranger(score, 2 * people, kLine) >= chance);
  RC_ASSERT(ChanceOfStranger(score - 0.5, people, kLine) >= chance);
  RC_ASSERT(chance > 0 && chance <= 1);
}

}  // namespace
}  // namespace homeward
