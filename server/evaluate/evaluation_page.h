// The outcome of an evaluation as a page for people: one file that needs no other, with every
// figure drawn and given in numbers. No photo, no path and nobody's name is in it.
#pragma once

#include <string>
#include <vector>

#include "server/evaluate/evaluation_report.h"
#include "server/evaluate/evaluation_templates.h"

namespace homeward {

// HTML that is well-formed XML, too.
std::string MakePage(const std::vector<EvaluationPhoto>& photos, const AnalysedPhotos& analysed,
                     const EvaluationRun& run, const Pipeline& pipeline,
                     const RunParameters& parameters);

}  // namespace homeward
