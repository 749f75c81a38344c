// `homewardd calibrate`: an operating point measured on a labelled set, by the server's own
// pipeline and rule.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

#include "matcher/error.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

struct CalibrationOptions {
  std::filesystem::path manifest;              // evaluation_set.h
  std::optional<std::filesystem::path> cache;  // a folder that keeps templates between runs
  int threads = 1;                             // >= 1
  std::string name;                            // of the operating point
  double fpir = 0;                             // the rate that is promised; above 0, below 1
  std::string data;                            // whose photos these are; empty: told by their file
  std::string measured_on;                     // YYYY-MM-DD
  bool is_quiet = false;                       // no words for people on `progress`
};

// Writes the operating point as a JSON document (calibration_report.h) to `out`; how far it has
// come and what was found, in words, to `progress`. Errors: those of Evaluate; kFieldInvalid, in
// words, where the set is too small for the promise (before any photo is looked at) or where no
// bound that the space's line was measured for keeps it. Nothing is written to `out` on error.
Result<void> Calibrate(const CalibrationOptions& options, const Pipeline& pipeline,
                       std::ostream& out, std::ostream& progress);

}  // namespace homeward
