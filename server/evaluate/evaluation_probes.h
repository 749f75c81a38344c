// How hard each search of an evaluation was, as a table: what curves of the miss rate are fitted
// on.
#pragma once

#include <ostream>
#include <vector>

#include "server/evaluate/evaluation_run.h"
#include "server/evaluate/evaluation_set.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// Tab-separated, under a header: a line for each search for somebody who was compared, with a probe
// that has a template. `mate_strangers` is how many candidates as alike as the person searched for
// are to be expected among strangers; empty where that person was not on the list. After it come
// the photo's grades, by Pipeline::measures. Nothing but the header without a yardstick.
// `grades[i]` is of photos[i].
void WriteProbes(const std::vector<EvaluationPhoto>& photos,
                 const std::vector<std::vector<float>>& grades, const EvaluationRun& run,
                 const Pipeline& pipeline, std::ostream& out);

}  // namespace homeward
