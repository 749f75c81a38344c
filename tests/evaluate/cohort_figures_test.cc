#include "server/evaluate/cohort_figures.h"

#include <gmock/gmock.h>

#include <random>

#include "tests/evaluate/random_outcomes.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(CohortFiguresTest, TellOfAGroupOnlyWhatWasTriedInIt) {
  std::mt19937_64 random(5);
  auto outcomes = RandomOutcomes(random, 400);
  for (ProbeOutcome& each : outcomes) each.cohort = each.is_mated ? "searched for" : "absent";
  const auto groups = PageGroups(outcomes, {.threshold = 0.3});
  const std::string alarms = FalseAlarmFigure(groups, {.nominal_fpir = 0.01}).table;
  EXPECT_THAT(alarms, HasSubstr(">absent<"));
  EXPECT_THAT(alarms, Not(HasSubstr(">searched for<")));
  const std::string misses = MissFigure(groups).table;
  EXPECT_THAT(misses, HasSubstr(">searched for<"));
  EXPECT_THAT(misses, Not(HasSubstr(">absent<")));
  EXPECT_THAT(misses, HasSubstr("<td>" + CountText(groups.front().active.misses) + "</td>"));
}

TEST(CohortFiguresTest, GiveTheReasonsOfFailuresTheirOwnColumns) {
  const PageFigure figure =
      FailureFigure({{"child", {.photos = 50, .failed = 3, .by_reason = {{"NO_FACE_FOUND", 3}}}},
                     {"", {.photos = 20, .failed = 1, .by_reason = {{"PHOTO_TRUNCATED", 1}}}}});
  EXPECT_THAT(figure.table, HasSubstr("NO_FACE_FOUND"));
  EXPECT_THAT(figure.table, HasSubstr("PHOTO_TRUNCATED"));
  EXPECT_THAT(figure.table, HasSubstr("<td>3</td><td>0</td>"));
  EXPECT_THAT(figure.drawing, HasSubstr("(no cohort)"));
}

}  // namespace
}  // namespace homeward
