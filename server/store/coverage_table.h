// What each face was compared with, and what that comes to over all pairs.
#pragma once

#include "matcher/error.h"
#include "server/store/sqlite_connection.h"
#include "server/store/store.h"

namespace homeward {

class CoverageTable {
 public:
  explicit CoverageTable(SqliteConnection& connection) : connection_(connection) {}

  // Errors: kInternal for a face without a template in the space.
  Result<void> Add(const CoverageEntry& coverage);
  // O(n log n) in the number of live templates.
  Result<Coverage> Count() const;

 private:
  SqliteConnection& connection_;
};

}  // namespace homeward
