#include "server/evaluate/evaluation_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "server/evaluate/chance_hits.h"
#include "server/evaluate/enrolment_failures.h"

namespace homeward {
namespace {

using Json = nlohmann::ordered_json;

Json Number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

void AddProportion(Json& json, const std::string& name, const Proportion& proportion) {
  json[name] = Number(proportion.value());
  const auto found = proportion.interval();
  json[name + "_interval"] =
      found ? Json{found->interval.low, found->interval.high} : Json(nullptr);
  json[name + "_interval_method"] = !found                ? Json(nullptr)
                                    : found->is_bootstrap ? Json("bootstrap")
                                                          : Json("wilson");
}

Json IntervalMethods() {
  return {{"confidence", 0.95},
          {"bootstrap",
           fmt::format("percentiles of {} draws of persons with replacement, seed {}, at a "
                       "threshold that stays as it is",
                       kResamples, kResamplingSeed)},
          {"wilson",
           fmt::format("Wilson's, each person one trial: of fewer than {} persons, and where every "
                       "draw gives the same, as when all or none are hits",
                       kLeastPersons)}};
}

Json OperatingPoints(const std::array<OperatingResult, kFpirs.size()>& results) {
  Json points = Json::array();
  for (const OperatingResult& result : results) {
    const OperatingRates rates = result.rates.value_or(OperatingRates{});
    Json point;
    point["fpir"] = result.fpir;
    point["threshold"] = result.rates ? Json(rates.threshold) : Json(nullptr);
    AddProportion(point, "fnir", rates.misses);
    AddProportion(point, "fpir_observed", rates.false_alarms);
    if (!result.rates) point["reason"] = result.reason;
    points.push_back(std::move(point));
  }
  return points;
}

// What is said of everyone and of each cohort alike, up to the operating points.
Json Figures(const ScoreSummary& summary) {
  Json json;
  json["mated"] = summary.mated;
  json["non_mated"] = summary.non_mated;
  for (std::size_t i = 0; i < kRanks.size(); ++i) {
    AddProportion(json, fmt::format("rank_{}", kRanks[i]), summary.found_by_rank[i]);
  }
  return json;
}

// Predicted and observed; null where candidates carry no chance.
Json ChanceHitsOf(const std::vector<ProbeOutcome>& outcomes, bool is_weighed) {
  if (!is_weighed) return nullptr;
  Json list = Json::array();
  for (const ChanceHits& each : CountChanceHits(outcomes)) {
    Json json;
    json["chance"] = each.chance;
    json["searches"] = each.searches.trials;
    json["expected_searches"] = each.chance * static_cast<double>(each.searches.trials);
    json["observed_searches"] = each.searches.hits;
    AddProportion(json, "observed_share", each.searches);
    json["expected_per_search"] = each.chance;
    AddProportion(json, "observed_per_search", each.candidates);
    list.push_back(std::move(json));
  }
  return list;
}

// What comes out at the operating point that a service would run at.
Json ActiveOperatingPoint(const std::vector<ProbeOutcome>& outcomes, const Decision& decision) {
  const OperatingRates rates = RatesAt(outcomes, decision.threshold);
  Json point;
  point["nominal_fpir"] = decision.nominal_fpir;
  point["decided_by"] = decision.is_weighed ? "chance" : "distance";
  point["threshold"] = decision.threshold;
  AddProportion(point, "fpir_observed", rates.false_alarms);
  AddProportion(point, "fnir", rates.misses);
  return point;
}

Json Cohorts(const std::map<std::string, CohortSummary>& summaries,
             const std::vector<ProbeOutcome>& outcomes, const Decision& decision) {
  Json json = Json::object();
  for (const auto& [name, summary] : summaries) {
    Json& cohort = json[name];
    cohort = Figures(summary.own);
    std::vector<ProbeOutcome> own;
    std::ranges::copy_if(outcomes, std::back_inserter(own),
                         [&](const ProbeOutcome& each) { return each.cohort == name; });
    cohort["active_operating_point"] = ActiveOperatingPoint(own, decision);
    cohort["chance_hits"] = ChanceHitsOf(own, decision.is_weighed);
    cohort["failures_to_enrol"] = summary.own.failures;
    cohort["operating_points"] = OperatingPoints(summary.at_overall_threshold);
    cohort["own_operating_points"] = OperatingPoints(summary.own.operating_results);
  }
  return json;
}

std::string_view NameOf(EvaluationRole role) {
  switch (role) {
    case EvaluationRole::kReference:
      return "reference";
    case EvaluationRole::kFiller:
      return "filler";
    case EvaluationRole::kMate:
      return "mate";
    case EvaluationRole::kNonmate:
      return "nonmate";
  }
  return "";
}

void AddFailures(Json& json, const std::vector<EvaluationPhoto>& photos,
                 const std::vector<Result<Template>>& templates) {
  std::int64_t total = 0;
  std::map<std::string_view, std::int64_t> by_role = {
      {"reference", 0}, {"filler", 0}, {"mate", 0}, {"nonmate", 0}};
  std::map<std::string_view, std::int64_t> by_reason;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    if (templates[i]) continue;
    ++total;
    ++by_role[NameOf(photos[i].role)];
    ++by_reason[Name(templates[i].error().reason)];
  }
  json["failures_to_enrol"] = total;
  for (const auto& [name, count] : by_role) json["failures_by_role"][name] = count;
  json["failures_by_reason"] = Json::object();
  for (const auto& [name, count] : by_reason) json["failures_by_reason"][name] = count;
  json["failures_by_cohort"] = Json::object();
  for (const auto& [name, cohort] : FailuresByCohort(photos, templates)) {
    json["failures_by_cohort"][name] = {
        {"photos", cohort.photos}, {"failed", cohort.failed}, {"by_reason", cohort.by_reason}};
  }
}

Json MadeWith(const EvaluationRun& run, const Pipeline& pipeline, const RunParameters& parameters) {
  Json json;
  json["version"] = parameters.version;
  json["made_on"] = parameters.made_on;
  json["manifest_sha256"] = parameters.manifest_sha256;
  json["space"] = pipeline.space.id;
  json["spaces"] = Json::array();
  for (const MeasuredSpace& each : SpacesOf(pipeline).spaces)
    json["spaces"].push_back(each.space.id);
  json["model"] = pipeline.space.model;
  json["models_digest"] = pipeline.models_digest;
  json["options"] = pipeline.options;
  json["single_photo"] = parameters.single_photo;
  json["normalised"] = run.is_weighed;
  json["intervals"] = IntervalMethods();
  json["references"] = run.references;
  json["fillers"] = run.fillers;
  json["templates"] = run.templates;
  return json;
}

}  // namespace

Decision ActiveDecision(const EvaluationRun& run, const Pipeline& pipeline) {
  const OperatingPoint& active = pipeline.operating_point;
  return {.nominal_fpir = active.fpir,
          .threshold = run.is_weighed ? ChanceBound(active) : active.threshold,
          .is_weighed = run.is_weighed};
}

std::string MakeReport(const std::vector<EvaluationPhoto>& photos,
                       const std::vector<Result<Template>>& templates, const EvaluationRun& run,
                       const Pipeline& pipeline, const RunParameters& parameters) {
  const std::vector<ProbeOutcome> outcomes = OutcomesOf(run);
  const ScoreSummary overall = Summarise(outcomes);
  const Decision decision = ActiveDecision(run, pipeline);
  Json json = MadeWith(run, pipeline, parameters);
  AddFailures(json, photos, templates);
  json.update(Figures(overall));
  json["active_operating_point"] = ActiveOperatingPoint(outcomes, decision);
  json["chance_hits"] = ChanceHitsOf(outcomes, decision.is_weighed);
  json["operating_points"] = OperatingPoints(overall.operating_results);
  json["cohorts"] = Cohorts(SummariseCohorts(outcomes, overall), outcomes, decision);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void WriteScores(const std::vector<EvaluationPhoto>& photos, const EvaluationRun& run,
                 const Space& space, std::ostream& out) {
  out << "probe\tidentity\trank\tcandidate_identity\tdistance\tspace\n";
  for (const ProbeSearch& search : run.searches) {
    const EvaluationPhoto& photo = photos[search.photo];
    for (const ScoreRow& row : search.candidates) {
      out << fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", photo.path, photo.identity, row.rank,
                         row.candidate_identity, row.distance, space.id);
    }
  }
}

}  // namespace homeward
