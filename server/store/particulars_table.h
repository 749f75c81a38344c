// The rows of what is said about people: added, and emptied when they no longer hold.
#pragma once

#include "matcher/error.h"
#include "matcher/search_filter.h"
#include "server/records/record.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

class ParticularsTable {
 public:
  explicit ParticularsTable(SqliteConnection& connection) : connection_(connection) {}

  // Returns the row's sequence. Errors: as ParticularsOf.
  Result<std::int64_t> Add(const Record& record);
  Result<void> Empty(std::int64_t sequence);

 private:
  SqliteConnection& connection_;
};

// The next columns of a row: records.kind, then sex, birth_year_min, birth_year_max, event_day,
// region_code and unit of its particulars.
RecordAttributes ReadAttributes(SqliteStatement& row);

}  // namespace homeward
