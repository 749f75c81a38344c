#include "server/evaluate/evaluation_page.h"

#include <fmt/format.h>

#include "server/evaluate/chance_figure.h"
#include "server/evaluate/cohort_figures.h"
#include "server/evaluate/curve_figures.h"
#include "server/evaluate/discard_figure.h"
#include "server/evaluate/html_text.h"
#include "server/evaluate/page_style.h"
#include "server/evaluate/plot_axis.h"

namespace homeward {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string Section(const std::string& title, const std::string& markup) {
  return fmt::format("<section>\n<h2>{}</h2>\n{}</section>\n", HtmlText(title), markup);
}

// A table of facts, not of figures.
std::string Facts(const Rows& rows) {
  return "<div class=\"facts\">" + HtmlTable({}, rows) + "</div>\n";
}

std::string InShort(const EvaluationRun& run, const PageGroup& all, const Decision& decision) {
  const ScoreSummary summary = Summarise(all.outcomes);
  Rows rows = {{"people enrolled", fmt::format("{}, of whom {} are searched for",
                                               run.references + run.fillers, run.references)},
               {"searches for somebody enrolled", std::to_string(summary.mated)},
               {"searches for nobody enrolled", std::to_string(summary.non_mated)}};
  for (std::size_t i = 0; i < kRanks.size(); ++i) {
    rows.push_back({kRanks[i] == 1 ? "found as the first candidate"
                                   : fmt::format("found among the first {}", kRanks[i]),
                    RateText(summary.found_by_rank[i])});
  }
  rows.push_back({fmt::format("false alarms, {} promised", ShareText(decision.nominal_fpir)),
                  RateText(all.active.false_alarms)});
  rows.push_back({"not reported at that operating point", RateText(all.active.misses)});
  return Section("In short", Facts(rows));
}

std::string MadeWith(const EvaluationRun& run, const Pipeline& pipeline,
                     const RunParameters& parameters, const Decision& decision) {
  const OperatingPoint& active = pipeline.operating_point;
  return Section(
      "What this was made with",
      Facts({{"program", fmt::format("homewardd {}", parameters.version)},
             {"date", parameters.made_on},
             {"manifest, sha256", parameters.manifest_sha256},
             {"space", pipeline.space.id},
             {"network", pipeline.space.model},
             {"models", pipeline.models_digest},
             {"operating point",
              fmt::format("{}{}nominal FPIR {}", active.name, active.name.empty() ? "" : ", ",
                          ShareText(active.fpir))},
             {"decided by", decision.is_weighed
                                ? std::string("the chance of such a hit among strangers")
                                : fmt::format("distance, at most {:g}", decision.threshold)},
             {"photos of a person",
              parameters.single_photo ? "only the first is enrolled" : "all are enrolled"},
             {"people enrolled (N)", std::to_string(run.references + run.fillers)},
             {"templates enrolled", std::to_string(run.templates)}}));
}

std::string IntervalNote() {
  return fmt::format(
      "<p>Figures in brackets are 95 % intervals over persons: the percentiles of {} draws of as "
      "many persons, with all their searches, at a threshold that stays as it is. † marks "
      "Wilson’s interval with as many trials as there are persons (photos, for failures to "
      "enrol), which stands where all or none were hits or where there are fewer than {} "
      "persons.</p>\n",
      kResamples, kLeastPersons);
}

std::string Document(const std::string& body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'\"/>\n"
      "<title>Homeward: an evaluation</title>\n<style>{}</style>\n</head>\n<body>\n{}</body>\n"
      "</html>\n",
      kPageStyle, body);
}

}  // namespace

std::string MakePage(const std::vector<EvaluationPhoto>& photos, const AnalysedPhotos& analysed,
                     const EvaluationRun& run, const Pipeline& pipeline,
                     const RunParameters& parameters) {
  const Decision decision = ActiveDecision(run, pipeline);
  const std::vector<PageGroup> groups = PageGroups(OutcomesOf(run), decision);
  std::string body =
      "<header>\n<h1>How well are people found?</h1>\n" + IntervalNote() + "</header>\n<main>\n";
  body += "<div class=\"figures\">\n" + InShort(run, groups.front(), decision) +
          MadeWith(run, pipeline, parameters, decision) + "</div>\n<div class=\"figures\">\n";
  for (const PageFigure& figure :
       {FalseAlarmFigure(groups, decision), MissFigure(groups), DetFigure(groups, decision),
        CmcFigure(groups), ChanceFigure(groups, decision),
        DiscardFigure(run, analysed, pipeline.measures, decision),
        FailureFigure(FailuresByCohort(photos, analysed.templates))}) {
    body += FigureMarkup(figure);
  }
  return Document(body + "</div>\n</main>\n");
}

}  // namespace homeward
