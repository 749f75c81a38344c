// The rows of searches with their candidates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "server/records/search_entry.h"
#include "server/store/sqlite_connection.h"
#include "server/store/store.h"

namespace homeward {

// The methods do their part of the Store's, which says what is asked of them.
class SearchTable {
 public:
  explicit SearchTable(SqliteConnection& connection) : connection_(connection) {}

  Result<std::optional<SearchEntry>> Find(const SearchId& id) const;
  Result<std::vector<SequencedSearch>> List(const std::string& case_reference,
                                            const Page& page) const;
  Result<void> Add(const SearchEntry& search);

 private:
  // Without candidates.
  Result<SearchEntry> At(std::int64_t sequence) const;
  Result<std::vector<CandidateEntry>> ListCandidates(std::int64_t sequence) const;
  Result<void> AddCandidate(std::int64_t sequence, const CandidateEntry& candidate);

  SqliteConnection& connection_;
};

}  // namespace homeward
