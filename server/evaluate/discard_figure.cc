#include "server/evaluate/discard_figure.h"

#include <algorithm>
#include <utility>

#include "server/evaluate/discard_curve.h"
#include "server/evaluate/html_text.h"
#include "server/evaluate/svg_plot.h"

namespace homeward {
namespace {

std::vector<GradedSearch> GradedSearches(const EvaluationRun& run, const AnalysedPhotos& analysed,
                                         std::size_t measure, double threshold) {
  std::vector<GradedSearch> searches;
  for (const ProbeSearch& search : run.searches) {
    const ProbeOutcome& outcome = search.outcome;
    const std::vector<float>& grades = analysed.grades[search.photo];
    if (!outcome.is_mated || measure >= grades.size()) continue;
    const bool is_found = outcome.mate_value && *outcome.mate_value <= threshold;
    searches.push_back({grades[measure], !is_found, outcome.person, outcome.cohort});
  }
  return searches;
}

std::vector<std::string> RowOf(std::string name, const std::vector<DiscardPoint>& curve) {
  std::vector<std::string> row = {std::move(name)};
  for (const DiscardPoint& point : curve)
    row.push_back(ShareText(point.misses.value().value_or(0)));
  return row;
}

}  // namespace

PageFigure DiscardFigure(const EvaluationRun& run, const AnalysedPhotos& analysed,
                         const std::vector<std::string>& measures, const Decision& decision) {
  PageFigure figure{
      .id = "discard",
      .title = "Error versus discard",
      .description =
          "What is missed at the active operating point (FNIR) when the share of the photos "
          "searched with that a measure of quality calls worst is left out, of each group the same "
          "share. A measure that tells which photos will fail makes its line fall. Photos without "
          "a template have no measures "
          "and are left out from the start.",
      .drawing = "",
      .table = ""};
  SvgPlot plot{.id = figure.id,
               .x = {.label = "photos left out",
                     .low = 0,
                     .high = kDiscards.back(),
                     .ticks = {0, 0.1, 0.2, 0.3, 0.4, 0.5}},
               .y = {},
               .series = {}};
  double largest = 0;
  double smallest = 1;
  std::vector<std::vector<std::string>> cells;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    std::vector<GradedSearch> searches = GradedSearches(run, analysed, i, decision.threshold);
    const auto curve = DiscardCurve(searches);
    if (curve.empty()) continue;
    PlotSeries series{.name = measures[i], .style = static_cast<int>(i + 1) % kPlotStyles};
    for (const DiscardPoint& point : curve) {
      series.points.push_back({point.discarded, point.misses.value().value_or(0)});
      largest = std::max(largest, series.points.back().y);
      smallest = std::min(smallest, series.points.back().y);
    }
    plot.series.push_back(std::move(series));
    cells.push_back(RowOf(measures[i] + ", of each group", curve));
    for (GradedSearch& each : searches) each.stratum.clear();
    cells.push_back(RowOf(measures[i] + ", of all together", DiscardCurve(std::move(searches))));
  }
  std::vector<std::string> head = {"worst left out by"};
  for (const double share : kDiscards) head.push_back(ShareText(share) + " out");
  figure.table = HtmlTable(head, cells);
  if (cells.empty()) return figure;
  const double start = plot.series.front().points.front().y;
  plot.series.push_back({.name = "left out at random",
                         .form = PlotForm::kGuide,
                         .points = {{0, start}, {kDiscards.back(), start}}});
  plot.y = ShareAxis("missed, FNIR", largest);
  // The lines lie close together: the axis begins a little below them.
  while (plot.y.ticks.size() > 2 && plot.y.ticks[1] < 0.9 * smallest) {
    plot.y.ticks.erase(plot.y.ticks.begin());
    plot.y.low = plot.y.ticks.front();
  }
  figure.drawing = DrawPlot(plot);
  return figure;
}

}  // namespace homeward
