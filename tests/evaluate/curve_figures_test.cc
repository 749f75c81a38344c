#include "server/evaluate/curve_figures.h"

#include <gmock/gmock.h>

#include <random>

#include "server/evaluate/cmc_curve.h"
#include "server/evaluate/plot_axis.h"
#include "tests/evaluate/random_outcomes.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<PageGroup> Groups(std::size_t count) {
  std::mt19937_64 random(5);
  return PageGroups(RandomOutcomes(random, count), {.threshold = 0.3});
}

TEST(CurveFiguresTest, PutTheCurvesOfAllAndOfEachGroupBesideOneAnother) {
  for (const PageFigure& figure :
       {DetFigure(Groups(400), {.nominal_fpir = 0.01}), CmcFigure(Groups(400))}) {
    for (const std::string name : {"all", "few", "many"}) {
      EXPECT_THAT(figure.drawing, HasSubstr("</svg>" + name + "</li>"));
      EXPECT_THAT(figure.table, HasSubstr("<th scope=\"row\">" + name + "</th>"));
    }
  }
}

TEST(CurveFiguresTest, DrawOneLineWhereEverybodyIsOfOneCohort) {
  std::mt19937_64 random(5);
  auto outcomes = RandomOutcomes(random, 400);
  for (ProbeOutcome& each : outcomes) each.cohort = "many";
  const auto groups = PageGroups(outcomes, {.threshold = 0.3});
  EXPECT_THAT(DetFigure(groups, {}).drawing, Not(HasSubstr("</svg>many</li>")));
  EXPECT_THAT(CmcFigure(groups).drawing, Not(HasSubstr("</svg>many</li>")));
}

TEST(CurveFiguresTest, TheTableOfRanksSaysWhatTheCurveIs) {
  const auto groups = Groups(400);
  const auto curve = CmcCurve(groups.front().outcomes);
  EXPECT_THAT(CmcFigure(groups).table, HasSubstr("<td>" + ShareText(curve[19]) + "</td>"));
}

// With few searches, FPIR .001 is nothing that was seen.
TEST(CurveFiguresTest, TellNoRateThatIsFinerThanTheSearches) {
  EXPECT_THAT(DetFigure(Groups(100), {}).table, HasSubstr("<td>–</td></tr>"));
}

}  // namespace
}  // namespace homeward
