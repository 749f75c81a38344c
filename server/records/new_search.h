// A search on its way to being kept: what enrolment and searching have in common.
#pragma once

#include <span>

#include "matcher/searcher.h"
#include "server/records/casebook.h"
#include "server/records/intent.h"
#include "server/records/probe_facts.h"
#include "server/records/search_entry.h"

namespace homeward {

// With its own id, the time, who and why, the operating point and its space.
SearchEntry NewSearch(Casebook& book, const Intent& intent, SearchOrigin origin,
                      const OperatingPoint& point);

// Writes the result into `search`: candidates ranked from 1 in the order given, decided by the
// operating point, flagged against `probe` (null: nothing is known about who was searched for).
// From a child to an adult (photo_age.h) nobody is put forward: there is only the list to look
// through. Each hit is checked against `store`: one whose record or photo is no longer there is
// left out. Returns how many were.
Result<int> AddResult(const StoreReader& store, const SearchResult& result, const Record* probe,
                      const ProbeFacts& facts, SearchEntry& search);

// Writes into `search` what can be expected of this very search; call it after AddResult. Of a
// fusion it is what its first space alone would miss: no more than that is missed.
void AddOutlook(const Casebook& book, const SearchResult& result, const ProbeFacts& facts,
                SearchEntry& search);

}  // namespace homeward
