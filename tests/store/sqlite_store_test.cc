#include "server/store/sqlite_store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <thread>

#include "tests/store/faulty_disk.h"
#include "tests/store/sqlite_store_under_test.h"

namespace homeward {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContractTest,
                         ::testing::Values(StoreAdapter{
                             "Sqlite", [] { return std::make_unique<SqliteStoreUnderTest>(); }}),
                         [](const auto& adapter) { return adapter.param.name; });

// Another program at the same file.
void RunSql(const std::filesystem::path& file, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  ASSERT_EQ(sqlite3_close(database), SQLITE_OK);
}

SqliteStoreOptions WithModels(const std::string& digest) {
  SqliteStoreOptions options;
  options.models_digests[kSpaceA] = digest;
  return options;
}

TEST(SqliteStoreTest, KeepsItsFilesForTheOwnerAlone) {
  SqliteStoreUnderTest database;
  for (const auto& entry : std::filesystem::directory_iterator(database.folder().path())) {
    struct stat status{};
    ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u) << entry.path();
  }
}

TEST(SqliteStoreTest, RefusesADataFolderOfANewerHomeward) {
  SqliteStoreUnderTest database;
  database.Close();
  RunSql(database.folder().file(), "UPDATE meta SET value = 1000 WHERE key = 'schema_version'");
  const auto opened = SqliteStore::Open(database.folder().file(), {});
  EXPECT_EQ(Outcome(opened), "SCHEMA_TOO_NEW");
  EXPECT_THAT(opened.error().message, HasSubstr("newer Homeward"));
  EXPECT_EQ(opened.error().metadata.at("schema"), "1000");
}

TEST(SqliteStoreTest, LetsNobodyChangeAnOperatingPointOrAnActivation) {
  SqliteStoreUnderTest database;
  OperatingPointEntry one;
  one.point.name = "one";
  {
    const auto work = Must(database.store().Begin());
    Must(work->AddOperatingPoint(one));
    Must(work->AddActivation({.point = "one", .space_id = kSpaceA, .caller = "", .purpose = ""}));
    Must(work->Commit({}));
  }
  database.Close();
  sqlite3* hand = nullptr;
  ASSERT_EQ(sqlite3_open(database.folder().file().c_str(), &hand), SQLITE_OK);
  for (const char* sql : {"UPDATE operating_points SET fpir = 0.5", "DELETE FROM operating_points",
                          "UPDATE activations SET purpose = 'other'", "DELETE FROM activations"}) {
    EXPECT_EQ(sqlite3_exec(hand, sql, nullptr, nullptr, nullptr), SQLITE_CONSTRAINT) << sql;
  }
  ASSERT_EQ(sqlite3_close(hand), SQLITE_OK);
}

TEST(SqliteStoreTest, RefusesOtherModelsThanItWasMadeWith) {
  SqliteStoreUnderTest database(WithModels("sha256:aa"));
  database.Reopen();
  database.Close();
  const auto opened = SqliteStore::Open(database.folder().file(), WithModels("sha256:bb"));
  EXPECT_EQ(Outcome(opened), "MODEL_MISMATCH");
  EXPECT_THAT(opened.error().message, HasSubstr("templates of other models"));
  EXPECT_EQ(opened.error().metadata.at("kept"), "sha256:aa");
  Must(SqliteStore::Open(database.folder().file(), {}));
  database.Reopen();
}

TEST(SqliteStoreTest, RefusesWhatIsNoDatabaseOfItsOwn) {
  const DatabaseFolder folder;
  std::ofstream(folder.file()) << "certainly not a database, but long enough to be looked at twice";
  EXPECT_EQ(Outcome(SqliteStore::Open(folder.file(), {})), "STORE_CORRUPT");
  std::filesystem::remove(folder.file());
  RunSql(folder.file(), "CREATE TABLE holidays (day TEXT)");
  const auto opened = SqliteStore::Open(folder.file(), {});
  EXPECT_EQ(Outcome(opened), "STORE_CORRUPT");
  EXPECT_THAT(opened.error().message, HasSubstr("not made by Homeward"));
  EXPECT_EQ(Outcome(SqliteStore::Open("/nowhere/homeward.db", {})), "STORE_UNAVAILABLE");
}

TEST(SqliteStoreTest, RefusesADamagedDatabaseInWords) {
  SqliteStoreUnderTest database;
  StoreSamples samples;
  for (int i = 0; i < 50; ++i) {
    const auto work = Must(database.store().Begin());
    Must(work->AddRecord(samples.NewRecord(RecordKind::kStranded)));
    Must(work->Commit({}));
  }
  database.Close();
  {
    std::fstream file(database.folder().file(), std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff page = 2; page < 30; ++page) {
      file.seekp(page * 4096);
      file.write("\x0d\xff\xff\xff\xff\xff\xff\xff", 8);
    }
  }
  const auto opened = SqliteStore::Open(database.folder().file(), {});
  EXPECT_EQ(Outcome(opened), "STORE_CORRUPT");
  EXPECT_THAT(opened.error().message, HasSubstr("backup"));
}

TEST(SqliteStoreTest, WaitsNoLongerThanAskedForAnotherProcess) {
  SqliteStoreOptions options;
  options.busy_wait = std::chrono::milliseconds(0);
  SqliteStoreUnderTest database(options);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(database.folder().file().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(Outcome(database.store().Begin()), "STORE_UNAVAILABLE");
  EXPECT_EQ(Must(database.store().LastChange()), 0) << "reading goes on";
  ASSERT_EQ(sqlite3_close(other), SQLITE_OK);
  Must(database.store().Begin());
}

TEST(SqliteStoreTest, ReadsOnWhileMoreThreadsReadThanItHasReaders) {
  SqliteStoreOptions options;
  options.readers = 1;
  SqliteStoreUnderTest database(options);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) EXPECT_EQ(Must(database.store().LastChange()), 0);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(SqliteStoreTest, KeepsAnAuditEventForEveryCommit) {
  SqliteStoreUnderTest database;
  StoreSamples samples;
  const AuditEvent event = samples.NewEvent();
  Must(Must(database.store().Begin())->Commit(event));
  {
    const auto dropped = Must(database.store().Begin());
  }
  database.Close();
  const auto connection =
      Must(SqliteConnection::Open(database.folder().file(), SqliteConnection::Access::kWrite, {}));
  SqliteStatement rows = connection->Prepare(
      "SELECT at, caller, method, object, purpose, request_id FROM audit_events");
  const auto events = Must(ReadAll(rows, [](SqliteStatement& row) -> Result<AuditEvent> {
    AuditEvent read;
    row.Read(read.at);
    row.Read(read.caller);
    row.Read(read.method);
    row.Read(read.object);
    row.Read(read.purpose);
    row.Read(read.request_id);
    return read;
  }));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].at, event.at);
  EXPECT_EQ(events[0].caller + events[0].method + events[0].object + events[0].purpose +
                events[0].request_id,
            event.caller + event.method + event.object + event.purpose + event.request_id);
}

// An enrolment, and everything else that touches the disk.
Result<void> Enrol(Store& store, const Record& record, const PhotoEntry& photo) {
  const auto work = store.Begin();
  if (!work) return std::unexpected(work.error());
  if (auto added = (*work)->AddRecord(record); !added) return added;
  if (auto added = (*work)->AddPhoto(photo); !added) return added;
  return (*work)->Commit({});
}

class FailingDiskTest : public ::testing::TestWithParam<std::pair<int, FaultyDisk::Failing>> {};

TEST_P(FailingDiskTest, LosesNothingAcknowledgedWhicheverCallFails) {
  const auto [error, failing] = GetParam();
  bool failed = true;
  for (std::size_t call = 0; failed; ++call) {
    SqliteStoreUnderTest database;
    StoreSamples samples;
    const Record before = samples.NewRecord(RecordKind::kStranded);
    Must(Enrol(database.store(), before, samples.NewPhoto(before.id, {kSpaceA})));
    Record hit = samples.NewRecord(RecordKind::kMissing);
    hit.person.remarks.assign(30'000, 'r');  // several pages
    const PhotoEntry photo = samples.NewPhoto(hit.id, {kSpaceA});
    Result<void> enrolled;
    Result<void> scrubbed;
    std::string failing_call;
    {
      const FaultyDisk disk(database.folder().path(), call, error, failing);
      enrolled = Enrol(database.store(), hit, photo);
      scrubbed = database.store().ScrubErased();
      EXPECT_TRUE(Must(database.store().FindRecord(before.id)).has_value()) << "reading goes on";
      failed = disk.calls().size() > call;
      if (failed) failing_call = fmt::format("call {}: {}", call, disk.calls()[call]);
    }
    EXPECT_EQ(enrolled && scrubbed, !failed) << failing_call;
    for (const Result<void>& result : {enrolled, scrubbed}) {
      EXPECT_THAT(Outcome(result), AnyOf("OK", "STORE_FULL", "STORE_UNAVAILABLE"));
      const bool met_by_write = error == ENOSPC && failing_call.contains("pwrite");
      EXPECT_FALSE(met_by_write && Outcome(result) == "STORE_UNAVAILABLE") << failing_call;
    }
    const Record after = samples.NewRecord(RecordKind::kStranded);
    Must(Enrol(database.store(), after, samples.NewPhoto(after.id, {kSpaceA})));
    Must(database.store().ScrubErased());
    database.Reopen();
    EXPECT_TRUE(Must(database.store().FindRecord(before.id)).has_value());
    EXPECT_TRUE(Must(database.store().FindRecord(after.id)).has_value());
    const bool whole = Must(database.store().FindRecord(hit.id)).has_value();
    EXPECT_EQ(whole, Must(database.store().FindPhoto(photo.id)).has_value());
    EXPECT_EQ(whole, enrolled.has_value()) << failing_call;
  }
}

TEST_P(FailingDiskTest, OpensOnceTheDiskIsWellAgain) {
  const auto [error, failing] = GetParam();
  bool failed = true;
  for (std::size_t call = 0; failed; ++call) {
    const DatabaseFolder folder;
    {
      const FaultyDisk disk(folder.path(), call, error, failing);
      const auto opened = SqliteStore::Open(folder.file(), {});
      failed = disk.calls().size() > call;
      EXPECT_THAT(Outcome(opened), AnyOf("OK", "STORE_FULL", "STORE_UNAVAILABLE"));
    }
    EXPECT_EQ(Must(Must(SqliteStore::Open(folder.file(), {}))->LastChange()), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Disks, FailingDiskTest,
                         ::testing::Values(std::pair(ENOSPC, FaultyDisk::Failing::kFromThenOn),
                                           std::pair(EIO, FaultyDisk::Failing::kOnce),
                                           std::pair(EIO, FaultyDisk::Failing::kFromThenOn)));

}  // namespace
}  // namespace homeward
