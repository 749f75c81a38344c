// Searches and their filters between the contract and the domain.
#pragma once

#include "homeward/v1/search.pb.h"
#include "matcher/error.h"
#include "server/records/search_view.h"

namespace homeward {

// With its candidates, as far as they may be shown still.
v1::Search ToProto(const SearchView& view);
// Without candidates.
v1::Search ToProto(const SearchEntry& search);

// Errors: kFieldInvalid with a path from `filter`. Limits are checked by the domain.
Result<SearchCriteria> FromProto(const v1::SearchFilter& proto);

}  // namespace homeward
