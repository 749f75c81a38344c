#include "server/evaluate/page_figure.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "server/evaluate/html_text.h"
#include "server/evaluate/plot_axis.h"

namespace homeward {

std::string CohortName(const std::string& cohort) {
  return cohort.empty() ? "(no cohort)" : cohort;
}

std::vector<PageGroup> PageGroups(const std::vector<ProbeOutcome>& outcomes,
                                  const Decision& decision) {
  std::map<std::string, std::vector<ProbeOutcome>> cohorts;
  for (const ProbeOutcome& each : outcomes) cohorts[each.cohort].push_back(each);
  std::vector<PageGroup> groups = {{"all", outcomes, RatesAt(outcomes, decision.threshold)}};
  for (auto& [name, members] : cohorts) {
    const OperatingRates active = RatesAt(members, decision.threshold);
    groups.push_back({CohortName(name), std::move(members), active});
  }
  return groups;
}

std::string FigureMarkup(const PageFigure& figure) {
  return fmt::format(
      "<figure id=\"{0}\">\n<h2 id=\"{0}-title\">{1}</h2>\n<p id=\"{0}-text\">{2}</p>\n{3}"
      "<details><summary>The numbers</summary>\n{4}</details>\n</figure>\n",
      figure.id, HtmlText(figure.title), HtmlText(figure.description),
      figure.drawing.empty() ? "<p class=\"nothing\">Nothing was measured for this.</p>\n"
                             : figure.drawing,
      figure.table);
}

std::string RateText(const Proportion& proportion) {
  const auto value = proportion.value();
  if (!value) return "–";
  const auto found = proportion.interval();
  if (!found) return ShareText(*value);
  std::string low = ShareText(found->interval.low);
  std::string high = ShareText(found->interval.high);
  low.resize(low.size() - 2);  // without its percent sign
  high.resize(high.size() - 2);
  return fmt::format("{} ({}–{}){}", ShareText(*value), low, high, found->is_bootstrap ? "" : " †");
}

std::string CountText(const Proportion& proportion) {
  return fmt::format("{} of {}", proportion.hits, proportion.trials);
}

}  // namespace homeward
