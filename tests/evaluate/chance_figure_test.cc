#include "server/evaluate/chance_figure.h"

#include <gmock/gmock.h>

#include <random>

#include "server/evaluate/chance_hits.h"
#include "tests/evaluate/random_outcomes.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;

TEST(ChanceFigureTest, SetsWhatIsObservedBesideWhatIsPredicted) {
  std::mt19937_64 random(5);
  const auto groups = PageGroups(RandomOutcomes(random, 400), {.threshold = 0.3});
  const PageFigure figure = ChanceFigure(groups, {.is_weighed = true});
  for (const PageGroup& group : groups) {
    for (const ChanceHits& each : CountChanceHits(group.outcomes)) {
      EXPECT_THAT(figure.table, HasSubstr("<td>" + CountText(each.searches) + "</td>"));
    }
  }
  EXPECT_THAT(figure.drawing, HasSubstr("as predicted"));
}

TEST(ChanceFigureTest, DrawsNothingWhereDecisionsAreMadeByDistance) {
  std::mt19937_64 random(5);
  const auto groups = PageGroups(RandomOutcomes(random, 400), {.threshold = 0.3});
  EXPECT_EQ(ChanceFigure(groups, {.is_weighed = false}).drawing, "");
}

}  // namespace
}  // namespace homeward
