// The two classic curves of a list of candidates, as figures of the page.
#pragma once

#include <vector>

#include "server/evaluate/page_figure.h"

namespace homeward {

// False alarms against misses at every threshold.
PageFigure DetFigure(const std::vector<PageGroup>& groups, const Decision& decision);
// How far down the list one has to look.
PageFigure CmcFigure(const std::vector<PageGroup>& groups);

}  // namespace homeward
