// The database's file as a whole: made, verified, upgraded, scrubbed.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "matcher/error.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

// The writing connection to `file`, as SqliteStore::Open says.
Result<std::unique_ptr<SqliteConnection>> OpenDatabaseFile(
    const std::filesystem::path& file, std::chrono::milliseconds busy_wait,
    const std::map<std::string, std::string>& models_digests);

// Moves everything into the database file, where secure_delete overwrote what was erased, and cuts
// the write-ahead log to nothing. No transaction may be open. Errors: kStoreUnavailable where
// another process reads.
Result<void> EmptyWriteAheadLog(SqliteConnection& connection);

}  // namespace homeward
