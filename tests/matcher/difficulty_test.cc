#include "matcher/difficulty.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>

namespace homeward {
namespace {

MissCurve Curve() {
  return {.intercept = -1,
          .needed_score = 0.6,
          .needed_distance = -8,
          .cut_off = 3,
          .sharpness = -0.2,
          .eye_distance = -1,
          .enough_sharpness = 200,
          .enough_eye_distance_px = 60,
          .child_until = 12,
          .children = {{0, 0.5}, {16, 0.84}},
          .adults = {{0, 0.08}, {6, 0.2}, {16, 0.4}},
          .data = "made up",
          .measured_on = "2026-11-01"};
}

ProbeOutlook Good() {
  return {.spread = {.mean = 0.7F, .deviation = 0.04F},
          .needed_score = 6,
          .eye_distance_px = 50,
          .sharpness = 100};
}

TEST(DifficultyTest, NeedsTheDistanceAtWhichTheScoreIsReached) {
  const ProbeOutlook outlook = Good();
  EXPECT_NEAR(Score(NeededDistance(outlook), outlook.spread, outlook.spread), 6, 1e-6);
}

TEST(DifficultyTest, EachTermCostsWhatItsMeaningSays) {
  const double good = ExpectedMissRate(Good(), Curve());
  ProbeOutlook worse = Good();
  worse.needed_score += 1;
  EXPECT_GT(ExpectedMissRate(worse, Curve()), good);
  worse = Good();
  worse.is_cut_off = true;
  EXPECT_GT(ExpectedMissRate(worse, Curve()), good);
  worse = Good();
  worse.sharpness = 10;
  EXPECT_GT(ExpectedMissRate(worse, Curve()), good);
  worse = Good();
  worse.eye_distance_px = 15;
  EXPECT_GT(ExpectedMissRate(worse, Curve()), good);
}

TEST(DifficultyTest, MoreThanEnoughIsNoBetter) {
  ProbeOutlook enough = Good();
  enough.sharpness = 200;
  enough.eye_distance_px = 60;
  ProbeOutlook more = enough;
  more.sharpness = 5000;
  more.eye_distance_px = 900;
  EXPECT_EQ(ExpectedMissRate(more, Curve()), ExpectedMissRate(enough, Curve()));
}

TEST(DifficultyTest, YearsCostAtLeastWhatWasMeasured) {
  const auto least = [](PhotoAge taken) { return LeastMissRate(taken, Curve()); };
  EXPECT_EQ(least({.years_since = 0, .age_min = 30, .age_max = 31}), 0.08);
  EXPECT_EQ(least({.years_since = 10, .age_min = 30, .age_max = 31}), 0.2);
  EXPECT_EQ(least({.years_since = 40, .age_min = 18, .age_max = 19}), 0.4);
  EXPECT_EQ(least({.years_since = 3, .age_min = 4, .age_max = 12}), 0.5);
  EXPECT_EQ(least({.years_since = 16, .age_min = 12, .age_max = 13}), 0) << "perhaps no child";
  EXPECT_EQ(least({.years_since = 16}), 0) << "nothing is known of the age";
  ProbeOutlook old = Good();
  old.spread.mean = 5;  // nobody resembles this face
  old.taken = PhotoAge{.years_since = 20, .age_min = 5, .age_max = 5};
  EXPECT_EQ(ExpectedMissRate(old, Curve()), 0.84);
}

RC_GTEST_PROP(DifficultyTest, FallsAsTheNeededDistanceGrows, (int first, int second)) {
  ProbeOutlook near = Good();
  ProbeOutlook far = Good();
  near.spread.mean = static_cast<float>(std::min(first, second)) / 1000;
  far.spread.mean = static_cast<float>(std::max(first, second)) / 1000;
  RC_ASSERT(ExpectedMissRate(near, Curve()) >= ExpectedMissRate(far, Curve()));
}

// Any bits at all: infinities, and what is no number.
RC_GTEST_PROP(DifficultyTest, IsAShareWhateverItIsTold,
              (std::uint32_t mean, std::uint32_t deviation, std::uint64_t score, std::uint64_t eyes,
               std::uint64_t sharpness, int years, int age)) {
  const ProbeOutlook outlook{
      .spread = {.mean = std::bit_cast<float>(mean), .deviation = std::bit_cast<float>(deviation)},
      .needed_score = std::bit_cast<double>(score),
      .eye_distance_px = std::bit_cast<double>(eyes),
      .sharpness = std::bit_cast<double>(sharpness),
      .is_cut_off = years % 2 == 0,
      .taken = PhotoAge{.years_since = years, .age_min = age, .age_max = age}};
  const double rate = ExpectedMissRate(outlook, Curve());
  RC_ASSERT(rate >= LeastMissRate(*outlook.taken, Curve()));
  RC_ASSERT(rate <= 1);
}

TEST(DifficultyTest, TakesWhatIsNoNumberForTheWorst) {
  ProbeOutlook outlook = Good();
  outlook.needed_score = std::numeric_limits<double>::quiet_NaN();
  EXPECT_GT(ExpectedMissRate(outlook, Curve()), 0.99);
}

}  // namespace
}  // namespace homeward
