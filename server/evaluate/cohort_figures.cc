#include "server/evaluate/cohort_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "server/evaluate/html_text.h"
#include "server/evaluate/svg_rows.h"

namespace homeward {
namespace {

// Draws one rate of each group that has it.
void Fill(PageFigure& figure, const std::vector<PageGroup>& groups,
          Proportion OperatingRates::* rate, SvgRows rows, const std::string& what) {
  double largest = rows.guide.value_or(0);
  std::vector<std::vector<std::string>> cells;
  for (const PageGroup& group : groups) {
    const Proportion& proportion = group.active.*rate;
    const auto value = proportion.value();
    if (!value) continue;
    SvgRow row{.name = group.name, .value_text = RateText(proportion), .value = *value};
    if (const auto found = proportion.interval()) row.interval = found->interval;
    largest = std::max(largest, row.interval ? row.interval->high : row.value);
    cells.push_back({group.name, CountText(proportion), std::to_string(proportion.persons.size()),
                     row.value_text});
    rows.rows.push_back(std::move(row));
  }
  figure.table = HtmlTable({"searches for", what, "persons", "share (95 %)"}, cells);
  if (rows.rows.empty()) return;
  rows.axis = ShareAxis(rows.axis.label, largest);
  figure.drawing = DrawRows(rows);
}

}  // namespace

PageFigure FalseAlarmFigure(const std::vector<PageGroup>& groups, const Decision& decision) {
  PageFigure figure{
      .id = "fpir",
      .title = "False alarms, group by group (FPIR)",
      .description = fmt::format(
          "At the active operating point: the share of the searches for somebody who is not there "
          "that report anyone. {} is promised to every group (the dashed line); the bars are 95 % "
          "intervals.",
          ShareText(decision.nominal_fpir)),
      .drawing = "",
      .table = ""};
  Fill(figure, groups, &OperatingRates::false_alarms,
       {.id = figure.id,
        .axis = {.label = "false alarms", .ticks = {}},
        .rows = {},
        .guide = decision.nominal_fpir},
       "false alarms");
  return figure;
}

PageFigure MissFigure(const std::vector<PageGroup>& groups) {
  PageFigure figure{
      .id = "fnir",
      .title = "Misses, group by group (FNIR)",
      .description =
          "At the same operating point: the share of the searches for somebody enrolled that do "
          "not report them. They may still be in the list. The bars are 95 % intervals.",
      .drawing = "",
      .table = ""};
  Fill(figure, groups, &OperatingRates::misses,
       {.id = figure.id, .axis = {.label = "missed", .ticks = {}}, .rows = {}}, "missed");
  return figure;
}

PageFigure FailureFigure(const std::map<std::string, EnrolmentFailures>& cohorts) {
  PageFigure figure{
      .id = "failures",
      .title = "Failures to enrol",
      .description =
          "The share of all photos, enrolled or searched with, that gave no template. A search "
          "with such a photo counts as a miss, or as one that finds nobody.",
      .drawing = "",
      .table = ""};
  std::set<std::string> reasons;
  for (const auto& [name, cohort] : cohorts) {
    for (const auto& [reason, count] : cohort.by_reason) reasons.insert(reason);
  }
  std::vector<std::string> head = {"photos of", "photos", "failed", "share (95 %)"};
  head.insert(head.end(), reasons.begin(), reasons.end());
  SvgRows rows{.id = figure.id, .axis = {.label = "failed", .ticks = {}}, .rows = {}};
  std::vector<std::vector<std::string>> cells;
  double largest = 0;
  for (const auto& [name, cohort] : cohorts) {
    const Proportion failed{.hits = cohort.failed, .trials = cohort.photos};
    const auto interval = failed.interval();
    if (!interval) continue;
    rows.rows.push_back({CohortName(name), RateText(failed), *failed.value(), interval->interval});
    largest = std::max(largest, interval->interval.high);
    cells.push_back({CohortName(name), std::to_string(cohort.photos), std::to_string(cohort.failed),
                     RateText(failed)});
    for (const std::string& reason : reasons) {
      const auto count = cohort.by_reason.find(reason);
      cells.back().push_back(count == cohort.by_reason.end() ? "0" : std::to_string(count->second));
    }
  }
  figure.table = HtmlTable(head, cells);
  if (rows.rows.empty()) return figure;
  rows.axis = ShareAxis(rows.axis.label, largest);
  figure.drawing = DrawRows(rows);
  return figure;
}

}  // namespace homeward
