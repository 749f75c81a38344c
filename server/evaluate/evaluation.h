// `homewardd evaluate`: how well the server's own pipeline finds the people of a labelled set.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>

#include "matcher/error.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

struct EvaluationOptions {
  std::filesystem::path manifest;               // evaluation_set.h
  std::optional<std::filesystem::path> cache;   // a folder that keeps templates between runs
  std::optional<std::filesystem::path> scores;  // a file for the candidates of every probe
  int threads = 1;                              // >= 1; each has a pipeline of its own
};

// Writes the report (evaluation_report.h) to `out` and how far it has come to `progress`. Errors:
// kFieldInvalid for the manifest and its photos, kConfigInvalid for the cache or the scores file,
// and whatever ended the pipeline. Nothing is written to `out` on error.
Result<void> Evaluate(const EvaluationOptions& options, const Pipeline& pipeline, std::ostream& out,
                      std::ostream& progress);

}  // namespace homeward
