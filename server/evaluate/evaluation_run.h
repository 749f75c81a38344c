// Enrols a labelled set and searches with its probes, as the server does.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/evidence.h"
#include "matcher/fusion.h"
#include "matcher/template.h"
#include "matcher/yardstick.h"
#include "server/evaluate/evaluation_scores.h"
#include "server/evaluate/evaluation_set.h"
#include "server/evaluate/evaluation_templates.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// One candidate of one probe.
struct ScoreRow {
  int rank = 0;
  std::string candidate_identity;
  double distance = 0;
};

struct ProbeSearch {
  std::size_t photo = 0;  // place in the set
  ProbeOutcome outcome;
  std::vector<ScoreRow> candidates;  // at most kListLength
  // What an expected miss rate is told from (difficulty.h); absent without a yardstick.
  std::optional<Spread> spread = {};
  std::int64_t compared = 0;
  bool mate_is_compared = false;  // the person searched for is among them
};

struct EvaluationRun {
  std::int64_t references = 0;  // people enrolled as references; those without a template included
  std::int64_t fillers = 0;     // the same of fillers
  std::int64_t templates = 0;   // enrolled
  std::vector<ProbeSearch> searches;  // in the order of the set
  bool is_weighed = false;            // outcomes are chances, not distances
};

// Of its searches, in their order.
std::vector<ProbeOutcome> OutcomesOf(const EvaluationRun& run);

// What is searched: one space, or those of a fusion in its order.
struct SearchedSpaces {
  std::vector<MeasuredSpace> spaces;
  std::shared_ptr<const Fusion> fusion = nullptr;
};
SearchedSpaces SpacesOf(const Pipeline& pipeline);

// The photos of an enrolled identity make one record, in which copies of a photograph count once,
// as in the service. Errors: what Gallery::Apply and Search return.
Result<EvaluationRun> RunSearches(const std::vector<EvaluationPhoto>& photos,
                                  const AnalysedPhotos& analysed, const SearchedSpaces& searched,
                                  int threads, std::ostream& progress);

}  // namespace homeward
