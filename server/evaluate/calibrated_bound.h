// The bound that keeps a promised rate of false alarms on a labelled set: plain arithmetic.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/error.h"
#include "server/evaluate/evaluation_scores.h"

namespace homeward {

// Whether so many non-mated searches measure `fpir`: it takes 10 false alarms at that rate. Errors:
// kFieldInvalid, in words.
Result<void> CheckSearches(std::int64_t non_mated, double fpir);

// Of the values that these searches are decided by: at the bound at most the share `fpir` of the
// non-mated ones reports anyone. It lies between the value of the last search that may and the
// first that may not, at the fraction of a search that the promise leaves over: so at the former
// where the promise is used up, and always below the latter. Errors: those of CheckSearches;
// kFieldInvalid where fewer searches found anyone than may.
Result<double> CalibratedBound(const std::vector<ProbeOutcome>& outcomes, double fpir);

}  // namespace homeward
