// What each request_id was used for, and who did what: the rows that make calls accountable.
#pragma once

#include <optional>
#include <string>

#include "matcher/error.h"
#include "server/records/audit_event.h"
#include "server/store/sqlite_connection.h"
#include "server/store/store.h"

namespace homeward {

class RequestTable {
 public:
  explicit RequestTable(SqliteConnection& connection) : connection_(connection) {}

  Result<std::optional<RequestEntry>> Find(const std::string& caller,
                                           const std::string& request_id) const;
  // Errors: kRequestIdReused.
  Result<void> Add(const RequestEntry& request);
  Result<void> AddAuditEvent(const AuditEvent& event);

 private:
  SqliteConnection& connection_;
};

}  // namespace homeward
