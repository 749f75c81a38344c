// One connection to the database file, with its prepared statements.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/error.h"
#include "server/store/sqlite_statement.h"

namespace homeward {

// Used by one thread at a time. Statements must not outlive it.
class SqliteConnection {
 public:
  enum class Access { kRead, kWrite };

  // A writing connection turns the write-ahead log on; the file must be there. Errors:
  // kStoreUnavailable, kStoreCorrupt (no database), kStoreFull.
  static Result<std::unique_ptr<SqliteConnection>> Open(const std::filesystem::path& file,
                                                        Access access,
                                                        std::chrono::milliseconds busy_wait);
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection();

  // `sql` is one statement and a literal: it is prepared once and kept.
  SqliteStatement Prepare(std::string_view sql) { return {*this, sql}; }
  // Prepares, binds and runs a statement without rows.
  template <class... Values>
  Result<void> Run(std::string_view sql, const Values&... values) {
    return Prepare(sql).Bind(values...).Run();
  }
  // Several statements, whose rows are dropped.
  Result<void> RunScript(const std::string& sql);

  // Rows changed by the last INSERT, UPDATE or DELETE itself, not by cascades.
  std::int64_t changed_rows() const { return sqlite3_changes64(database_); }
  std::int64_t last_rowid() const { return sqlite3_last_insert_rowid(database_); }
  bool in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }
  sqlite3* database() const { return database_; }

 private:
  friend class SqliteStatement;
  explicit SqliteConnection(sqlite3* database) : database_(database) {}
  Result<void> Configure(Access access, std::chrono::milliseconds busy_wait);
  Result<sqlite3_stmt*> Take(std::string_view sql);
  void GiveBack(std::string_view sql, sqlite3_stmt* statement);

  sqlite3* database_;
  std::map<std::string_view, std::vector<sqlite3_stmt*>> idle_;  // by their SQL
};

// A transaction that is rolled back unless it was committed. The connection must outlive it.
class SqliteTransaction {
 public:
  explicit SqliteTransaction(SqliteConnection& connection) : connection_(connection) {}
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;
  ~SqliteTransaction();

  // One consistent view from the first read on.
  Result<void> BeginRead() { return connection_.Run("BEGIN"); }
  // The write lock at once, so that no read in it can turn out stale.
  Result<void> BeginWrite() { return connection_.Run("BEGIN IMMEDIATE"); }
  Result<void> Commit() { return connection_.Run("COMMIT"); }

 private:
  SqliteConnection& connection_;
};

}  // namespace homeward
