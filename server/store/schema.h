// The database's schema: numbered steps, each applied once, in order.
#pragma once

#include <span>
#include <string>

#include "matcher/error.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

// The SQL of server/store/migrations/, step N at index N - 1.
std::span<const char* const> SchemaSteps();

// Brings the database to the newest schema in one transaction; an empty one is made. Errors:
// kSchemaTooNew (written by a newer Homeward), kStoreCorrupt (some other program's database).
Result<void> UpgradeSchema(SqliteConnection& connection);

}  // namespace homeward
