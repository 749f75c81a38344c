#include "server/store/sqlite_error.h"

#include <fmt/format.h>

#include <cerrno>

namespace homeward {
namespace {

// A full disk shows as SQLITE_FULL where a write meets it, and as an I/O error where the quota or
// the shared memory file does.
bool IsDiskFull(sqlite3* database, int primary_code) {
  if (primary_code == SQLITE_FULL) return true;
  if (primary_code != SQLITE_IOERR || database == nullptr) return false;
  const int os_error = sqlite3_system_errno(database);
  return os_error == ENOSPC || os_error == EDQUOT;
}

bool IsDamage(int extended_code) {
  const int primary_code = extended_code & 0xff;
  return primary_code == SQLITE_CORRUPT || primary_code == SQLITE_NOTADB ||
         extended_code == SQLITE_IOERR_CORRUPTFS || extended_code == SQLITE_IOERR_DATA ||
         extended_code == SQLITE_IOERR_SHORT_READ;
}

// Codes that a statement of ours should never cause, whatever the disk and other processes do.
bool IsDefect(int primary_code) {
  switch (primary_code) {
    case SQLITE_ERROR:
    case SQLITE_INTERNAL:
    case SQLITE_TOOBIG:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
      return true;
    default:
      return false;
  }
}

}  // namespace

Error SqliteError(sqlite3* database, int extended_code) {
  const int primary_code = extended_code & 0xff;
  const std::string said = fmt::format(
      "SQLite: {}", database == nullptr ? sqlite3_errstr(extended_code) : sqlite3_errmsg(database));
  Error error;
  error.metadata["sqlite_code"] = std::to_string(extended_code);
  if (IsDiskFull(database, primary_code)) {
    error.reason = Reason::kStoreFull;
    error.message = "The disk of the data folder is full: free some space. " + said;
  } else if (IsDamage(extended_code)) {
    error.reason = Reason::kStoreCorrupt;
    error.message = "The database is damaged: restore it from a backup. " + said;
  } else if (IsDefect(primary_code)) {
    error.reason = Reason::kInternal;
    error.message = said;
  } else {
    error.reason = Reason::kStoreUnavailable;
    error.message = "The database does not answer: try again. " + said;
  }
  return error;
}

}  // namespace homeward
