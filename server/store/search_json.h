// What a search was and how it counted, as the JSON document of a search's row.
#pragma once

#include <string>
#include <string_view>

#include "matcher/error.h"
#include "server/records/search_entry.h"

namespace homeward {

// Criteria, space, operating point, comparison and outlook. Errors: kInternal for text that is not
// UTF-8 and numbers that are not finite.
Result<std::string> AccountOf(const SearchEntry& search);
// The inverse. Errors: kStoreCorrupt.
Result<void> ReadAccount(std::string_view json, SearchEntry& search);

}  // namespace homeward
