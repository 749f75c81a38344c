// The outcome of an evaluation as it is read: JSON for the figures, a table for every score.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "server/evaluate/evaluation_run.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// The figures as one JSON document. Rates are shares of 1; NAME_interval is [low, high] at 95 %.
std::string MakeReport(const std::vector<EvaluationPhoto>& photos,
                       const std::vector<Result<Template>>& templates, const EvaluationRun& run,
                       const Pipeline& pipeline);

// Tab-separated under the header "probe identity rank candidate_identity distance space": for each
// probe in the order of the set its candidates, nearest first. A probe that found nobody has no
// row.
void WriteScores(const std::vector<EvaluationPhoto>& photos, const EvaluationRun& run,
                 const Space& space, std::ostream& out);

}  // namespace homeward
