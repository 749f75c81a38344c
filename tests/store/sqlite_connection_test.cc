#include "server/store/sqlite_connection.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/store/database_folder.h"
#include "tests/store/outcome.h"

namespace homeward {
namespace {

using Access = SqliteConnection::Access;

class SqliteConnectionTest : public ::testing::Test {
 protected:
  SqliteConnectionTest() {
    std::ofstream(folder_.file()).close();
    writer_ = Must(SqliteConnection::Open(folder_.file(), Access::kWrite, {}));
    Must(writer_->RunScript("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1)"));
    reader_ = Must(SqliteConnection::Open(folder_.file(), Access::kRead, {}));
  }
  static std::int64_t Count(SqliteConnection& connection) {
    SqliteStatement statement = connection.Prepare("SELECT count(*) FROM t");
    return *Must(ReadValue<std::int64_t>(statement));
  }
  static std::string Setting(SqliteConnection& connection, std::string_view pragma) {
    SqliteStatement statement = connection.Prepare(pragma);
    return *Must(ReadValue<std::string>(statement));
  }

  DatabaseFolder folder_;
  std::unique_ptr<SqliteConnection> writer_;
  std::unique_ptr<SqliteConnection> reader_;
};

TEST_F(SqliteConnectionTest, IsSetUpToLoseNothingAndToTrustNothing) {
  for (SqliteConnection* connection : {writer_.get(), reader_.get()}) {
    EXPECT_EQ(Setting(*connection, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(Setting(*connection, "PRAGMA synchronous"), "2");
    EXPECT_EQ(Setting(*connection, "PRAGMA foreign_keys"), "1");
    EXPECT_EQ(Setting(*connection, "PRAGMA secure_delete"), "1");
    EXPECT_EQ(Setting(*connection, "PRAGMA trusted_schema"), "0");
    EXPECT_EQ(Setting(*connection, "PRAGMA cell_size_check"), "1");
    EXPECT_EQ(Setting(*connection, "PRAGMA temp_store"), "2");
  }
}

TEST_F(SqliteConnectionTest, WritesOnlyWhereItMay) {
  EXPECT_EQ(Outcome(reader_->Run("DELETE FROM t")), "STORE_UNAVAILABLE");
  EXPECT_EQ(Count(*reader_), 1);
  EXPECT_EQ(Outcome(SqliteConnection::Open(folder_.path() / "absent.db", Access::kWrite, {})),
            "STORE_UNAVAILABLE");
}

TEST_F(SqliteConnectionTest, CountsTheRowsThatAStatementChanged) {
  Must(writer_->Run("INSERT INTO t VALUES (?), (?)", 7, 8));
  EXPECT_EQ(writer_->changed_rows(), 2);
  Must(writer_->Run("DELETE FROM t WHERE a = ?", 9));
  EXPECT_EQ(writer_->changed_rows(), 0);
}

TEST_F(SqliteConnectionTest, RollsATransactionBackUnlessItWasCommitted) {
  {
    SqliteTransaction transaction(*writer_);
    Must(transaction.BeginWrite());
    Must(writer_->Run("INSERT INTO t VALUES (?)", 2));
  }
  EXPECT_EQ(Count(*writer_), 1);
  {
    SqliteTransaction transaction(*writer_);
    Must(transaction.BeginWrite());
    Must(writer_->Run("INSERT INTO t VALUES (?)", 2));
    Must(transaction.Commit());
  }
  EXPECT_EQ(Count(*writer_), 2);
}

TEST_F(SqliteConnectionTest, ReadsOneViewWhileOthersWrite) {
  SqliteTransaction view(*reader_);
  Must(view.BeginRead());
  EXPECT_EQ(Count(*reader_), 1);
  Must(writer_->Run("INSERT INTO t VALUES (?)", 2));
  EXPECT_EQ(Count(*reader_), 1);
  Must(view.Commit());
  EXPECT_EQ(Count(*reader_), 2);
}

TEST_F(SqliteConnectionTest, TakesTheWriteLockAtOnce) {
  const auto other = Must(SqliteConnection::Open(folder_.file(), Access::kWrite, {}));
  SqliteTransaction first(*writer_);
  Must(first.BeginWrite());
  SqliteTransaction second(*other);
  EXPECT_EQ(Outcome(second.BeginWrite()), "STORE_UNAVAILABLE");
}

}  // namespace
}  // namespace homeward
