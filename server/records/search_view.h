// A kept search as it is shown: checked against the database at the time of showing.
#pragma once

#include <optional>
#include <vector>

#include "server/records/record.h"
#include "server/records/search_entry.h"
#include "server/store/store.h"

namespace homeward {

struct CandidateView {
  CandidateEntry entry;
  std::optional<Record> record;  // nullopt: erased since
  bool photo_is_there = false;   // false: the photo that hit was erased since
};

struct SearchView {
  SearchEntry search;
  std::vector<CandidateView> candidates;  // of search.candidates, in their order
};

Result<SearchView> ViewOf(const StoreReader& store, SearchEntry search);
// Errors: kSearchNotFound.
Result<SearchView> FindView(const StoreReader& store, const SearchId& id);

}  // namespace homeward
