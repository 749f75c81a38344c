// `homewardd evaluate`: how well the server's own pipeline finds the people of a labelled set.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

struct EvaluationOptions {
  std::filesystem::path manifest;               // evaluation_set.h
  std::optional<std::filesystem::path> cache;   // a folder that keeps templates between runs
  std::optional<std::filesystem::path> scores;  // a file for the candidates of every probe
  std::optional<std::filesystem::path> probes;  // a file of how hard each search was
  std::optional<std::filesystem::path> html;    // a file for the page (evaluation_page.h)
  std::vector<std::string> spaces;              // ids; empty: all that the pipeline serves
  bool single_photo = false;                    // enrol only the first photo of each identity
  int threads = 1;                              // >= 1; each has a pipeline of its own
  std::string version;                          // of this program
  std::string made_on;                          // ISO 8601 date
};

// Writes the report (evaluation_report.h) to `out` and how far it has come to `progress`. Errors:
// kFieldInvalid for the manifest and its photos, kConfigInvalid for a space that is not served, for
// the cache, the scores file or the page, and whatever ended the pipeline. Nothing is written to
// `out` on error.
Result<void> Evaluate(const EvaluationOptions& options, const Pipeline& pipeline, std::ostream& out,
                      std::ostream& progress);

}  // namespace homeward
