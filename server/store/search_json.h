// What a search was and how it counted, as the JSON document of a search's row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "matcher/error.h"
#include "server/records/search_entry.h"

namespace homeward {

// Criteria, space, operating point, comparison and outlook. Errors: kInternal for text that is not
// UTF-8 and numbers that are not finite.
Result<std::string> AccountOf(const SearchEntry& search);
// What each space said of a candidate. Errors: kInternal for numbers that are not finite.
Result<std::string> PlacingsText(const std::vector<Placing>& placings);
// The inverses. Errors: kStoreCorrupt.
Result<std::vector<Placing>> ReadPlacings(std::string_view json);
Result<void> ReadAccount(std::string_view json, SearchEntry& search);

}  // namespace homeward
