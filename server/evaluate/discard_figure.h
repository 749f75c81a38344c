// Error versus discard, as a figure of the page.
#pragma once

#include <vector>

#include "server/evaluate/evaluation_templates.h"
#include "server/evaluate/page_figure.h"

namespace homeward {

// FNIR of the mated searches at the threshold of `decision` where those with the worst photos are
// left out, measure by measure.
PageFigure DiscardFigure(const EvaluationRun& run, const AnalysedPhotos& analysed,
                         const std::vector<std::string>& measures, const Decision& decision);

}  // namespace homeward
