#include "server/evaluate/discard_figure.h"

#include <gmock/gmock.h>

#include "server/evaluate/plot_axis.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;

TEST(DiscardFigureTest, LeavesOutPhotosWithoutMeasuresAndSearchesForNobody) {
  EvaluationRun run;
  AnalysedPhotos analysed;
  for (std::size_t i = 0; i < 100; ++i) {
    ProbeSearch search;
    search.photo = i;
    search.outcome.is_mated = i < 60;
    search.outcome.has_template = i >= 20;
    search.outcome.person = std::to_string(i);
    if (i >= 30) search.outcome.mate_value = 0.1;
    run.searches.push_back(search);
    analysed.templates.emplace_back(Template{"fake", {1}});
    analysed.grades.push_back(i < 20 ? std::vector<float>{}
                                     : std::vector<float>{static_cast<float>(i), 1});
  }
  const PageFigure figure = DiscardFigure(run, analysed, {"order", "<same>"}, {.threshold = 0.2});
  // Of photos 20 to 59, the first ten are missed.
  EXPECT_THAT(figure.table, HasSubstr("order, of each group</th><td>25 %</td>"));
  EXPECT_THAT(figure.table, HasSubstr("<td>0 %</td></tr>")) << "the measure knows which";
  EXPECT_THAT(figure.drawing, HasSubstr("&lt;same&gt;"));
  EXPECT_EQ(DiscardFigure(run, analysed, {}, {}).drawing, "");
}

}  // namespace
}  // namespace homeward
