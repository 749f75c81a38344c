// The templates of a labelled set, made once and kept.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "server/evaluate/evaluation_set.h"
#include "server/evaluate/template_cache.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// By photo: a template, or the reason for its absence. Photos of equal content are analysed once
// for each. Refuses a set in which an enrolled file is searched with (CheckDistinctFiles) before it
// analyses anything. Errors: kFieldInvalid also for a photo that cannot be read; kConfigInvalid for
// a cache that cannot be written; otherwise what ends an evaluation (template_maker.h).
Result<std::vector<Result<Template>>> MakeTemplates(const std::vector<EvaluationPhoto>& photos,
                                                    const Pipeline& pipeline,
                                                    const std::optional<TemplateCache>& cache,
                                                    int threads, std::ostream& progress);

}  // namespace homeward
