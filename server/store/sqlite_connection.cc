#include "server/store/sqlite_connection.h"

#include "server/store/sqlite_error.h"

namespace homeward {
namespace {

// FULL: a commit is on the disk when it returns. secure_delete: what is deleted is overwritten.
// trusted_schema and cell_size_check: a damaged or planted file is met with distrust. Nothing of a
// query goes to temporary files.
constexpr const char* kSettings = R"sql(
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16384;
)sql";

}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(
    const std::filesystem::path& file, Access access, std::chrono::milliseconds busy_wait) {
  const int flags = (access == Access::kWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  sqlite3* database = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(database));
  if (code != SQLITE_OK) return std::unexpected(SqliteError(database, code));
  if (auto ok = connection->Configure(access, busy_wait); !ok) return std::unexpected(ok.error());
  return connection;
}

Result<void> SqliteConnection::Configure(Access access, std::chrono::milliseconds busy_wait) {
  sqlite3_busy_timeout(database_, static_cast<int>(busy_wait.count()));
  if (auto ok = RunScript(kSettings); !ok) return ok;
  if (access == Access::kRead) return {};
  SqliteStatement journal = Prepare("PRAGMA journal_mode = WAL");
  const auto mode = ReadValue<std::string>(journal);
  if (!mode) return std::unexpected(mode.error());
  if (*mode != "wal") {
    return Fail(Reason::kStoreUnavailable,
                "The data folder's file system does not carry a write-ahead log.");
  }
  return {};
}

SqliteConnection::~SqliteConnection() {
  for (const auto& [sql, statements] : idle_) {
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  }
  sqlite3_close_v2(database_);
}

Result<void> SqliteConnection::RunScript(const std::string& sql) {
  const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(SqliteError(database_, code));
  return {};
}

Result<sqlite3_stmt*> SqliteConnection::Take(std::string_view sql) {
  auto& idle = idle_[sql];
  if (!idle.empty()) {
    sqlite3_stmt* statement = idle.back();
    idle.pop_back();
    return statement;
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return std::unexpected(SqliteError(database_, code));
  return statement;
}

void SqliteConnection::GiveBack(std::string_view sql, sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  idle_[sql].push_back(statement);
}

SqliteTransaction::~SqliteTransaction() {
  // SQLite ends a transaction by itself after some errors; then there is nothing left to do.
  if (connection_.in_transaction()) (void)connection_.Run("ROLLBACK");
}

}  // namespace homeward
