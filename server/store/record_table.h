// The rows of records: open ones, and the tombstones of erased ones.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/search_filter.h"
#include "server/records/record.h"
#include "server/store/sqlite_connection.h"
#include "server/store/store.h"

namespace homeward {

// The methods do their part of the Store's, which says what is asked of them.
class RecordTable {
 public:
  explicit RecordTable(SqliteConnection& connection) : connection_(connection) {}

  Result<std::optional<Record>> Find(const RecordId& id) const;
  Result<std::vector<Record>> List(const SearchFilter& filter, const Page& page) const;
  // created_change of an open record, which is what other tables name it by. Errors:
  // kRecordNotFound for one that is not there or is erased.
  Result<ChangeNumber> FindOpen(const RecordId& id) const;

  Result<void> Add(const Record& record, ChangeNumber change);
  // Errors: kRecordNotFound.
  Result<void> Update(const Record& record);
  // Leaves a tombstone of an open record.
  Result<void> Bury(ChangeNumber created_change, Time at, const std::string& reason);

 private:
  Result<Record> At(ChangeNumber created_change) const;
  Result<std::int64_t> ParticularsAt(ChangeNumber created_change) const;

  SqliteConnection& connection_;
};

}  // namespace homeward
