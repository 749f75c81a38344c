// The outcome of an evaluation as it is read: JSON for the figures, a table for every score.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "server/evaluate/evaluation_run.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// What an evaluation was made with, besides the pipeline.
struct RunParameters {
  std::string manifest_sha256;
  std::string version;  // of this program
  std::string made_on;  // ISO 8601 date
  bool single_photo = false;
};

// The figures as one JSON document. Rates are shares of 1; NAME_interval is [low, high] at 95 %,
// NAME_interval_method says how it was found (bootstrap.h).
std::string MakeReport(const std::vector<EvaluationPhoto>& photos,
                       const std::vector<Result<Template>>& templates, const EvaluationRun& run,
                       const Pipeline& pipeline, const RunParameters& parameters = {});

// At or below the threshold of values a candidate is reported.
struct Decision {
  double nominal_fpir = 0;
  double threshold = 0;
  bool is_weighed = false;
};

// What the active operating point of `pipeline` comes to in `run`.
Decision ActiveDecision(const EvaluationRun& run, const Pipeline& pipeline);

// Tab-separated under the header "probe identity rank candidate_identity distance space": for each
// probe in the order of the set its candidates, nearest first. A probe that found nobody has no
// row.
void WriteScores(const std::vector<EvaluationPhoto>& photos, const EvaluationRun& run,
                 const Space& space, std::ostream& out);

}  // namespace homeward
