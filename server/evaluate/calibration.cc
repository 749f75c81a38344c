#include "server/evaluate/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "matcher/file_bytes.h"
#include "server/evaluate/calibrated_bound.h"
#include "server/evaluate/calibration_report.h"
#include "server/evaluate/evaluation_run.h"
#include "server/evaluate/evaluation_set.h"
#include "server/evaluate/evaluation_templates.h"
#include "server/evaluate/template_cache.h"

namespace homeward {
namespace {

// Who can be compared with: enrolled people with a template.
int GallerySize(const std::vector<EvaluationPhoto>& photos, const AnalysedPhotos& analysed) {
  std::set<std::string_view> people;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    if (IsEnrolled(photos[i].role) && analysed.templates[i]) people.insert(photos[i].identity);
  }
  return static_cast<int>(people.size());
}

// The same searches, had they been decided by distance.
std::vector<ProbeOutcome> DistancesOf(const EvaluationRun& run) {
  std::vector<ProbeOutcome> outcomes = OutcomesOf(run);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const std::vector<ScoreRow>& candidates = run.searches[i].candidates;
    ProbeOutcome& outcome = outcomes[i];
    if (!candidates.empty()) outcome.best_value = candidates.front().distance;
    if (outcome.mate_rank) {
      outcome.mate_value = candidates[static_cast<std::size_t>(*outcome.mate_rank) - 1].distance;
    }
  }
  return outcomes;
}

BoundRates RatesOf(const std::vector<ProbeOutcome>& outcomes, double bound) {
  std::map<std::string, std::vector<ProbeOutcome>> cohorts;
  for (const ProbeOutcome& each : outcomes) cohorts[each.cohort].push_back(each);
  BoundRates rates{.all = RatesAt(outcomes, bound), .cohorts = {}};
  for (const auto& [name, members] : cohorts) rates.cohorts[name] = RatesAt(members, bound);
  return rates;
}

// The bound on the chance; 0 where nothing weighs distances.
Result<double> ChanceFor(const EvaluationRun& run, double fpir, const Pipeline& pipeline) {
  if (!run.is_weighed) return 0;
  const std::vector<ProbeOutcome> outcomes = OutcomesOf(run);
  const auto bound = CalibratedBound(outcomes, fpir);
  if (!bound) return bound;
  const double least = LineOf(pipeline)->least_chance;
  if (*bound >= least && *bound < 1) return bound;
  const Proportion observed = RatesAt(outcomes, fpir).false_alarms;
  return Fail(
      Reason::kFieldInvalid,
      fmt::format("Taken at its word the line of chance gives {} false alarms in {} searches here. "
                  "To give a rate of {} takes a chance of {:.3g}, and the line was measured from "
                  "{} to 1 only. {}",
                  observed.hits, observed.trials, fpir, *bound, least,
                  *bound < least
                      ? "Promise less with a larger --fpir, or fit the line of the space "
                        "on people like these."
                      : "Hardly anybody is enrolled: measure with a larger gallery."),
      {{"chance", fmt::format("{}", *bound)}});
}

Result<CalibrationOutcome> OutcomeOf(const CalibrationOptions& options, const EvaluationRun& run,
                                     const Pipeline& pipeline) {
  const auto chance = ChanceFor(run, options.fpir, pipeline);
  if (!chance) return std::unexpected(chance.error());
  const auto threshold = CalibratedBound(DistancesOf(run), options.fpir);
  if (!threshold) return std::unexpected(threshold.error());
  CalibrationOutcome outcome;
  outcome.is_weighed = run.is_weighed;
  outcome.point = {.name = options.name,
                   .space_id = pipeline.space.id,
                   .threshold = *threshold,
                   .fpir = options.fpir,
                   .gallery_size = 0,
                   .data = options.data,
                   .measured_on = options.measured_on,
                   .chance = *chance};
  const std::vector<ProbeOutcome> outcomes = OutcomesOf(run);
  outcome.before =
      RatesOf(outcomes, run.is_weighed ? options.fpir : pipeline.operating_point.threshold);
  outcome.after = RatesOf(outcomes, run.is_weighed ? *chance : *threshold);
  return outcome;
}

}  // namespace

Result<void> Calibrate(const CalibrationOptions& options, const Pipeline& pipeline,
                       std::ostream& out, std::ostream& progress) {
  if (!(options.fpir > 0 && options.fpir < 1)) {
    return Fail(Reason::kFieldInvalid, "--fpir is a share above 0 and below 1, such as 0.01.");
  }
  const auto text = ReadFileBytes(options.manifest);
  const auto photos = ReadEvaluationSet(options.manifest);
  if (!photos) return std::unexpected(photos.error());
  const auto non_mates =
      std::ranges::count(*photos, EvaluationRole::kNonmate, &EvaluationPhoto::role);
  if (auto ok = CheckSearches(non_mates, options.fpir); !ok) return ok;
  const auto analysed =
      AnalyseInAllSpaces(*photos, pipeline, options.cache, options.threads, progress);
  if (!analysed) return std::unexpected(analysed.error());
  const auto run = RunSearches(*photos, *analysed, SpacesOf(pipeline), options.threads, progress);
  if (!run) return std::unexpected(run.error());
  auto outcome = OutcomeOf(options, *run, pipeline);
  if (!outcome) return std::unexpected(outcome.error());
  outcome->point.gallery_size = GallerySize(*photos, *analysed);
  if (outcome->point.data.empty()) {
    outcome->point.data =
        fmt::format("{}, {} photos", options.manifest.filename().string(), photos->size());
  }
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text->data());
  outcome->set_sha256 = HexDigest({bytes, text->size()});
  if (!options.is_quiet) WriteCalibrationWords(*outcome, progress);
  out << CalibrationDocument(*outcome, pipeline) << std::flush;
  return {};
}

}  // namespace homeward
