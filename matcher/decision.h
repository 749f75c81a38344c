// The one rule by which a candidate is put forward, above the operating point.
#pragma once

#include "matcher/searcher.h"
#include "matcher/template.h"

namespace homeward {

// By what the distance is worth where that is known: at most the share ChanceBound(point) of the
// searches for somebody who is not there shows such a candidate. Else by the distance itself. Lists
// are ordered by distance all the same: it ranks better where years lie between two photos. Thread
// safe.
bool IsAbove(const OperatingPoint& point, const Candidate& candidate);

}  // namespace homeward
