// One operating point, group by group, as figures of the page.
#pragma once

#include <vector>

#include "server/evaluate/enrolment_failures.h"
#include "server/evaluate/page_figure.h"

namespace homeward {

// False alarms of each group beside what the operating point promises, and its misses.
PageFigure FalseAlarmFigure(const std::vector<PageGroup>& groups, const Decision& decision);
PageFigure MissFigure(const std::vector<PageGroup>& groups);
// Photos without a template.
PageFigure FailureFigure(const std::map<std::string, EnrolmentFailures>& cohorts);

}  // namespace homeward
