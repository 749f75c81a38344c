// Whether candidates keep what they say about chance, as a figure of the page.
#pragma once

#include <vector>

#include "server/evaluate/page_figure.h"

namespace homeward {

// Predicted against observed. Without a drawing where decisions were not made by chance.
PageFigure ChanceFigure(const std::vector<PageGroup>& groups, const Decision& decision);

}  // namespace homeward
