// The templates of a labelled set, made once and kept.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "server/evaluate/evaluation_set.h"
#include "server/evaluate/template_cache.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// By photo.
struct AnalysedPhotos {
  std::vector<Result<Template>> templates;  // or the reason for its absence
  std::vector<std::vector<float>> grades;   // by Pipeline::measures; empty without a template
  std::vector<std::optional<FacePrint>> prints;
  // Of a fusion: the same in each of its further spaces, by space and photo.
  std::vector<std::vector<Result<Template>>> further = {};
};

// Photos of equal content are analysed once for each. What the cache knows is not analysed again,
// so a run that was interrupted goes on where it was; a file of the cache that is damaged or older
// is told of and made anew. Refuses a set in which an enrolled file is searched with
// (CheckDistinctFiles) before it analyses anything. Errors: kFieldInvalid also for a photo that
// cannot be read; kConfigInvalid for a cache that cannot be written; otherwise what ends an
// evaluation (template_maker.h).
Result<AnalysedPhotos> AnalysePhotos(const std::vector<EvaluationPhoto>& photos,
                                     const Pipeline& pipeline,
                                     const std::optional<TemplateCache>& cache, int threads,
                                     std::ostream& progress);

// The same in every space of the pipeline, with the folder of a cache. Of a fusion, `templates`,
// `grades` and `prints` are of its first space. Errors: also those of TemplateCache::Open.
Result<AnalysedPhotos> AnalyseInAllSpaces(const std::vector<EvaluationPhoto>& photos,
                                          const Pipeline& pipeline,
                                          const std::optional<std::filesystem::path>& cache,
                                          int threads, std::ostream& progress);

}  // namespace homeward
