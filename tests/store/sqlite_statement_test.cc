#include "server/store/sqlite_statement.h"

#include <gmock/gmock.h>

#include <fstream>
#include <limits>

#include "server/store/sqlite_connection.h"
#include "tests/store/database_folder.h"
#include "tests/store/outcome.h"
#include "tests/testing/numbered_ids.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;

class SqliteStatementTest : public ::testing::Test {
 protected:
  SqliteStatementTest() {
    std::ofstream(folder_.file()).close();
    connection_ =
        Must(SqliteConnection::Open(folder_.file(), SqliteConnection::Access::kWrite, {}));
    Must(connection_->RunScript("CREATE TABLE t (a ANY) STRICT"));
  }

  // `value` written and read again; `std::nullopt` where it came back as something else.
  template <class T>
  T WrittenAndRead(const T& value) {
    Must(connection_->Run("DELETE FROM t"));
    Must(connection_->Run("INSERT INTO t VALUES (?)", value));
    SqliteStatement statement = connection_->Prepare("SELECT a FROM t");
    return *Must(ReadValue<T>(statement));
  }
  // What comes of reading what `sql` makes as a T.
  template <class T>
  std::string OutcomeOfReading(std::string_view sql) {
    SqliteStatement statement = connection_->Prepare(sql);
    return Outcome(ReadValue<T>(statement));
  }

  DatabaseFolder folder_;
  std::unique_ptr<SqliteConnection> connection_;
};

TEST_F(SqliteStatementTest, CarriesEveryValueBothWays) {
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{0},
                                    std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_EQ(WrittenAndRead(number), number);
    EXPECT_EQ(WrittenAndRead(Time(Time::duration(number))), Time(Time::duration(number)));
  }
  EXPECT_EQ(WrittenAndRead(-7), -7);
  EXPECT_TRUE(WrittenAndRead(true));
  EXPECT_EQ(WrittenAndRead(0.1), 0.1);
  EXPECT_EQ(WrittenAndRead(0.1f), 0.1f);
  EXPECT_EQ(WrittenAndRead(RecordKind::kAtRisk), RecordKind::kAtRisk);
  EXPECT_EQ(WrittenAndRead(Date{2021, 5, 0}), (Date{2021, 5, 0}));
  EXPECT_EQ(WrittenAndRead(NumberedId<PhotoId>(77)), NumberedId<PhotoId>(77));
  EXPECT_EQ(WrittenAndRead(std::optional<int>()), std::nullopt);
  EXPECT_EQ(WrittenAndRead(std::optional(0)), 0);
  for (const std::string& text : {std::string(), std::string("陈𠮷"), std::string("a\0b", 3)}) {
    EXPECT_EQ(WrittenAndRead(text), text);
  }
}

TEST_F(SqliteStatementTest, TakesAnEmptyTextOrBlobForNoNull) {
  Must(connection_->Run("INSERT INTO t VALUES (?), (?)", std::string_view(),
                        std::span<const std::uint8_t>()));
  SqliteStatement statement = connection_->Prepare("SELECT typeof(a) FROM t");
  EXPECT_THAT(Must(ReadColumn<std::string>(statement)), ElementsAre("text", "blob"));
}

TEST_F(SqliteStatementTest, CallsValuesOutOfTheirRangeDamage) {
  EXPECT_EQ(OutcomeOfReading<int>("SELECT 2147483648"), "STORE_CORRUPT");
  EXPECT_EQ(OutcomeOfReading<RecordKind>("SELECT 4"), "STORE_CORRUPT");
  EXPECT_EQ(OutcomeOfReading<RecordKind>("SELECT 0"), "STORE_CORRUPT");
  EXPECT_EQ(OutcomeOfReading<Date>("SELECT -20210507"), "STORE_CORRUPT");
  EXPECT_EQ(OutcomeOfReading<Date>("SELECT 120210507"), "STORE_CORRUPT");
  EXPECT_EQ(OutcomeOfReading<RecordId>("SELECT x'0011'"), "STORE_CORRUPT");
  EXPECT_EQ(OutcomeOfReading<RecordId>("SELECT zeroblob(17)"), "STORE_CORRUPT");
  EXPECT_EQ(OutcomeOfReading<RecordId>("SELECT zeroblob(16)"), "OK");
}

TEST_F(SqliteStatementTest, RemembersItsFirstFailure) {
  SqliteStatement damaged = connection_->Prepare("SELECT 4 UNION ALL SELECT 1");
  EXPECT_EQ(Outcome(ReadColumn<RecordKind>(damaged)), "STORE_CORRUPT");
  EXPECT_EQ(Outcome(damaged.Step()), "STORE_CORRUPT");
  EXPECT_EQ(Outcome(connection_->Run("SELECT nonsense FROM nowhere", 1)), "INTERNAL");
  EXPECT_EQ(Outcome(connection_->Run("INSERT INTO t VALUES (?)", 1, 2)), "INTERNAL")
      << "one parameter too many";
}

TEST_F(SqliteStatementTest, StartsAfreshEachTime) {
  constexpr std::string_view kInsert = "INSERT INTO t VALUES (?)";
  Must(connection_->Run(kInsert, 1));
  Must(connection_->Run(kInsert, std::nullopt));
  constexpr std::string_view kSelect = "SELECT coalesce(a, -1) FROM t";
  SqliteStatement half_read = connection_->Prepare(kSelect);
  EXPECT_TRUE(Must(half_read.Step()));
  EXPECT_EQ(half_read.Next<int>(), 1);
  {
    SqliteStatement beside = connection_->Prepare(kSelect);
    EXPECT_THAT(Must(ReadColumn<int>(beside)), ElementsAre(1, -1));
  }
  EXPECT_TRUE(Must(half_read.Step()));
  EXPECT_EQ(half_read.Next<int>(), -1);
  EXPECT_FALSE(Must(half_read.Step()));
}

}  // namespace
}  // namespace homeward
