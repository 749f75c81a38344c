// Which records are stays of one person: unordered pairs.
#pragma once

#include <vector>

#include "matcher/error.h"
#include "matcher/id.h"
#include "server/records/clock.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

class StayTable {
 public:
  explicit StayTable(SqliteConnection& connection) : connection_(connection) {}

  // In the order in which the records were stored.
  Result<std::vector<RecordId>> List(const RecordId& id) const;
  // Both records are there. Errors: kAlreadyLinked.
  Result<void> Link(const RecordId& one, const RecordId& other, Time at);
  // Errors: kNotLinked.
  Result<void> Unlink(const RecordId& one, const RecordId& other);
  Result<void> UnlinkAll(const RecordId& id);

 private:
  SqliteConnection& connection_;
};

}  // namespace homeward
