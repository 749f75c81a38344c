// The one rule by which a candidate is put forward, above the operating point; and the one order of
// a list in which several spaces have a say.
#pragma once

#include "matcher/searcher.h"
#include "matcher/template.h"

namespace homeward {

// By what the distance is worth where that is known: at most the share ChanceBound(point) of the
// searches for somebody who is not there shows such a candidate. Else by the distance itself. Lists
// are ordered by distance all the same: it ranks better where years lie between two photos. Thread
// safe.
bool IsAbove(const OperatingPoint& point, const Candidate& candidate);

// A candidate of a fused search, and how many as alike are to be expected among strangers, by the
// line that its evidence was told by (ExpectedStrangers; never cut off, so that it tells any two
// scores apart).
struct WeighedCandidate {
  Candidate candidate;
  double expected_strangers = 0;
};

// Whether `a` is listed before `b`: where fewer strangers as alike are to be expected; ties by
// record_created, then id. Among candidates that all spaces compared that is the order of the sums
// of their scores, which ranked better than any distance or rank (benchmarks/RESULTS.md); and it
// gives those that were compared in part a place among them. Thread safe.
bool IsListedBefore(const WeighedCandidate& a, const WeighedCandidate& b);

}  // namespace homeward
