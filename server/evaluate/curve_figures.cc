#include "server/evaluate/curve_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "server/evaluate/cmc_curve.h"
#include "server/evaluate/det_curve.h"
#include "server/evaluate/html_text.h"
#include "server/evaluate/svg_plot.h"

namespace homeward {
namespace {

constexpr std::array kTableRanks = {1, 2, 5, 10, 20, 50, 100};

struct GroupCurve {
  const PageGroup* group;
  std::vector<DetPoint> points;
};

int StyleOf(std::size_t curve) { return static_cast<int>(curve) % kPlotStyles; }

std::vector<GroupCurve> DetCurves(const std::vector<PageGroup>& groups) {
  std::vector<GroupCurve> curves;
  for (const PageGroup& group : groups) {
    GroupCurve curve{&group, DetCurve(group.outcomes)};
    if (!curve.points.empty()) curves.push_back(std::move(curve));
  }
  // One cohort of everybody would be the same line twice.
  if (curves.size() == 2 && groups.size() == 2) curves.pop_back();
  return curves;
}

// Nobody wants more alarms than that.
constexpr double kLargestFpir = 0.5;

// Where a rate is zero, a logarithmic axis ends.
std::vector<PlotPoint> PlotPoints(const GroupCurve& curve) {
  std::vector<PlotPoint> points;
  for (const DetPoint& each : curve.points) {
    if (each.fpir > 0 && each.fpir <= kLargestFpir && each.fnir > 0)
      points.push_back({each.fpir, each.fnir});
  }
  return points;
}

std::string DetTable(const std::vector<GroupCurve>& curves) {
  std::vector<std::string> head = {"searches for"};
  for (const double fpir : kFpirs) head.push_back("FNIR at FPIR " + ShareText(fpir));
  std::vector<std::vector<std::string>> rows;
  for (const GroupCurve& curve : curves) {
    std::vector<std::string> row = {curve.group->name};
    const double searches = static_cast<double>(curve.group->active.false_alarms.trials);
    for (const double fpir : kFpirs) {
      row.push_back(searches * fpir < 1 ? "–" : ShareText(FnirAt(curve.points, fpir)));
    }
    rows.push_back(std::move(row));
  }
  return HtmlTable(head, rows);
}

}  // namespace

PageFigure DetFigure(const std::vector<PageGroup>& groups, const Decision& decision) {
  const std::vector<GroupCurve> curves = DetCurves(groups);
  PageFigure figure{.id = "det",
                    .title = "Misses against false alarms (DET)",
                    .description =
                        "Each line shows, as the threshold is moved, which share of the searches "
                        "for somebody enrolled does not report them (FNIR), over which share of "
                        "the searches for somebody who is not there reports anyone (FPIR). Lower "
                        "is better. The circle is the active operating point.",
                    .drawing = "",
                    .table = DetTable(curves)};
  if (curves.empty()) return figure;
  double least_fnir = 1;
  for (const GroupCurve& curve : curves) {
    for (const PlotPoint& point : PlotPoints(curve)) least_fnir = std::min(least_fnir, point.y);
  }
  const auto searches = static_cast<double>(groups.front().active.false_alarms.trials);
  SvgPlot plot{.id = figure.id,
               .x = LogShareAxis("false alarms, FPIR", 1 / searches),
               .y = LogShareAxis("missed, FNIR", least_fnir),
               .series = {}};
  plot.x.high = kLargestFpir;
  std::erase_if(plot.x.ticks, [](double tick) { return tick > kLargestFpir; });
  for (std::size_t i = 0; i < curves.size(); ++i) {
    plot.series.push_back(
        {.name = curves[i].group->name, .style = StyleOf(i), .points = PlotPoints(curves[i])});
  }
  const OperatingRates& active = groups.front().active;
  if (active.false_alarms.hits > 0 && active.misses.hits > 0) {
    plot.series.push_back({.name = fmt::format("active operating point, nominal {}",
                                               ShareText(decision.nominal_fpir)),
                           .form = PlotForm::kMarks,
                           .points = {{*active.false_alarms.value(), *active.misses.value()}}});
  }
  figure.drawing = DrawPlot(plot);
  return figure;
}

PageFigure CmcFigure(const std::vector<PageGroup>& groups) {
  PageFigure figure{.id = "cmc",
                    .title = "How far down the list (CMC)",
                    .description =
                        "The share of the searches for somebody enrolled whose person is among the "
                        "first candidates, as many as the axis below says. A photo that gave no "
                        "template finds nobody.",
                    .drawing = "",
                    .table = ""};
  SvgPlot plot{.id = figure.id,
               .x = {.label = "candidates looked at",
                     .low = 1,
                     .high = kListLength,
                     .ticks = {1, 2, 5, 10, 20, 50, 100},
                     .is_log = true,
                     .is_share = false},
               .y = {.label = "found", .low = 1, .high = 1, .ticks = {}},
               .series = {}};
  std::vector<std::string> head = {"searches for", "searches"};
  for (const int rank : kTableRanks) head.push_back(fmt::format("first {}", rank));
  std::vector<std::vector<std::string>> rows;
  for (const PageGroup& group : groups) {
    const std::vector<double> curve = CmcCurve(group.outcomes);
    if (curve.empty() || (groups.size() == 2 && !rows.empty())) continue;
    PlotSeries series{.name = group.name, .style = StyleOf(plot.series.size())};
    for (std::size_t i = 0; i < curve.size(); ++i) {
      series.points.push_back({static_cast<double>(i + 1), curve[i]});
    }
    plot.y.low = std::min(plot.y.low, std::floor(10 * curve.front() - 1e-9) / 10);
    plot.series.push_back(std::move(series));
    rows.push_back({group.name, std::to_string(group.active.misses.trials)});
    for (const int rank : kTableRanks) {
      rows.back().push_back(ShareText(curve[static_cast<std::size_t>(rank) - 1]));
    }
  }
  figure.table = HtmlTable(head, rows);
  if (rows.empty()) return figure;
  plot.y.low = std::max(0.0, std::min(plot.y.low, 0.9));
  const double step = plot.y.low < 0.45 ? 0.2 : plot.y.low < 0.75 ? 0.1 : 0.05;
  for (double tick = 1; tick > plot.y.low - 1e-9; tick -= step) plot.y.ticks.push_back(tick);
  figure.drawing = DrawPlot(plot);
  return figure;
}

}  // namespace homeward
