// SQLite's result codes as Homeward's errors.
#pragma once

#include <sqlite3.h>

#include "matcher/error.h"

namespace homeward {

// What the last failed call on `database` comes to. `extended_code` is what that call returned;
// `database` may be null where there is none yet. The message never holds data, only names of
// tables and columns; metadata `sqlite_code` is the extended code.
Error SqliteError(sqlite3* database, int extended_code);

}  // namespace homeward
