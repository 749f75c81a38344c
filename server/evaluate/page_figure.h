// What the figures of an evaluation's page have in common.
#pragma once

#include <string>
#include <vector>

#include "server/evaluate/evaluation_report.h"
#include "server/evaluate/evaluation_scores.h"

namespace homeward {

// People whose searches are told together: all, or one cohort.
struct PageGroup {
  std::string name;
  std::vector<ProbeOutcome> outcomes;
  OperatingRates active;  // at the active operating point
};

// All first, then cohort by cohort. The cohort without a name is called so.
std::vector<PageGroup> PageGroups(const std::vector<ProbeOutcome>& outcomes,
                                  const Decision& decision);
std::string CohortName(const std::string& cohort);

struct PageFigure {
  std::string id;
  std::string title;        // text
  std::string description;  // text
  std::string drawing;      // markup; may be empty where there was nothing to draw
  std::string table;        // markup, the drawing's numbers
};
std::string FigureMarkup(const PageFigure& figure);

// "1.3 % (0.8–2)" with a dagger where the interval is Wilson's; a dash where nothing was tried.
std::string RateText(const Proportion& proportion);
// "12 of 340".
std::string CountText(const Proportion& proportion);

}  // namespace homeward
