#include "server/evaluate/chance_figure.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/evaluate/chance_hits.h"
#include "server/evaluate/html_text.h"
#include "server/evaluate/svg_plot.h"

namespace homeward {
namespace {

std::string PerSearchText(const Proportion& candidates) {
  const auto found = candidates.interval();
  if (!found) return fmt::format("{:.3g}", candidates.value().value_or(0));
  return fmt::format("{:.3g} ({:.3g}–{:.3g}){}", *candidates.value(), found->interval.low,
                     found->interval.high, found->is_bootstrap ? "" : " †");
}

void AppendCells(std::vector<std::vector<std::string>>& cells, const PageGroup& group) {
  for (const ChanceHits& each : CountChanceHits(group.outcomes)) {
    if (each.searches.trials == 0) return;
    cells.push_back({group.name, ShareText(each.chance),
                     fmt::format("{:.1f}", each.chance * static_cast<double>(each.searches.trials)),
                     CountText(each.searches), RateText(each.searches),
                     PerSearchText(each.candidates)});
  }
}

}  // namespace

PageFigure ChanceFigure(const std::vector<PageGroup>& groups, const Decision& decision) {
  PageFigure figure{
      .id = "chance",
      .title = "Chance hits, predicted and observed",
      .description =
          "A candidate says how often a search for somebody who is not there shows the like. Of "
          "such searches, the figure shows the share with a candidate of at most that chance: on "
          "the dashed line what is said is what happens, above it too little is said.",
      .drawing = "",
      .table = ""};
  std::vector<std::vector<std::string>> cells;
  if (decision.is_weighed) {
    for (const PageGroup& group : groups) AppendCells(cells, group);
  }
  figure.table = HtmlTable({"searches for", "chance", "searches predicted", "observed",
                            "observed share (95 %)", "candidates a search"},
                           cells);
  if (cells.empty()) return figure;
  PlotSeries observed{.name = "all searches for somebody who is not there, 95 %",
                      .form = PlotForm::kMarks};
  for (const ChanceHits& each : CountChanceHits(groups.front().outcomes)) {
    PlotPoint point{each.chance, each.searches.value().value_or(0)};
    if (const auto found = each.searches.interval()) point.interval = found->interval;
    if (point.y > 0 || point.interval) observed.points.push_back(point);
  }
  const PlotAxis share = LogShareAxis("predicted", kChances.front());
  const SvgPlot plot{.id = figure.id,
                     .x = share,
                     .y = LogShareAxis("observed", kChances.front()),
                     .series = {{.name = "as predicted",
                                 .form = PlotForm::kGuide,
                                 .style = 1,
                                 .points = {{share.low, share.low}, {1, 1}}},
                                observed}};
  figure.drawing = DrawPlot(plot);
  return figure;
}

}  // namespace homeward
