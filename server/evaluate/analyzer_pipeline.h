// The server's own analysis of photos as the pipeline of an evaluation.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "matcher/face_analyzer.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// Decodes within the product's limits and analyses with `single_face`: a labelled photo shows one
// person, so the largest face found is taken for that person.
Pipeline AnalyzerPipeline(Space space, std::string models_digest,
                          std::function<Result<std::unique_ptr<FaceAnalyzer>>()> make_analyzer);

// Of several spaces searched as one; `members` are theirs, in the order of `fusion`.
Pipeline FusedPipeline(const Fusion& fusion, std::vector<Pipeline> members);

}  // namespace homeward
