// Every search ever made.
#pragma once

#include <string>
#include <vector>

#include "server/records/casebook.h"
#include "server/records/search_entry.h"

namespace homeward {

struct SearchQuery {
  std::string case_reference;  // empty: every search
  int page_size = 0;
  std::string page_token;
};

struct SearchPage {
  std::vector<SearchEntry> searches;  // without candidates
  std::string next_page_token;        // empty on the last page
};

// Newest first. Errors: kPageTokenInvalid; those of PageSize.
Result<SearchPage> ListSearches(Casebook& book, const SearchQuery& query);

}  // namespace homeward
