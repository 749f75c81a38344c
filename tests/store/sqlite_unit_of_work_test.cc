#include "server/store/sqlite_unit_of_work.h"

#include <gmock/gmock.h>

#include <utility>

#include "server/store/database_file.h"
#include "tests/store/sqlite_store_under_test.h"

namespace homeward {
namespace {

// The writing connection in the test's own hands, to fail where and when it wants, beside a store
// that reads the same file.
class SqliteUnitOfWorkTest : public ::testing::Test {
 protected:
  SqliteUnitOfWorkTest()
      : kept_(samples_.NewRecord(RecordKind::kStranded)),
        other_(samples_.NewRecord(RecordKind::kStranded)),
        photo_(samples_.NewPhoto(kept_.id, {kSpaceA, kSpaceB})) {
    writer_ = Must(OpenDatabaseFile(database_.folder().file(), {}, {}));
    const auto first = Begin();
    Must(first->AddRecord(kept_));
    Must(first->AddPhoto(photo_));
    Must(first->Commit({}));
  }
  void SetUp() override {  // the unit of work before is gone
    const auto second = Begin();
    Must(second->AddRecord(other_));
    Must(second->LinkStays(kept_.id, other_.id, At(1)));
    Must(second->AddCoverage({photo_.faces[0].id, kSpaceA, 1, 1}));
    Must(second->Commit({}));
  }

  std::unique_ptr<UnitOfWork> Begin() {
    return Must(SqliteUnitOfWork::Begin(std::unique_lock(mutex_), *writer_));
  }
  std::string Held() { return Describe(database_.store()); }

  // One of everything that can be written; the first failure, if any.
  Result<void> WriteEverything() {
    const Record added = samples_.NewRecord(RecordKind::kMissing);
    Record changed = other_;
    changed.person.remarks = "changed";
    const auto work = SqliteUnitOfWork::Begin(std::unique_lock(mutex_), *writer_);
    if (!work) return std::unexpected(work.error());
    Result<void> done = (*work)->AddRecord(added);
    if (done) done = (*work)->AddPhoto(samples_.NewPhoto(added.id, {kSpaceA}));
    if (done) done = (*work)->AddSearch(samples_.NewSearch("case"));
    if (done) done = (*work)->RememberRequest(samples_.NewRequest("station", "r1"));
    if (done) done = (*work)->UpdateRecord(changed);
    if (done) {
      if (auto erased = (*work)->EraseRecord(kept_.id, At(2), "asked"); !erased) {
        done = std::unexpected(erased.error());
      }
    }
    if (done) done = (*work)->Commit(samples_.NewEvent());
    return done;
  }
  bool IsSound() {
    SqliteStatement check = writer_->Prepare("PRAGMA integrity_check");
    SqliteStatement foreign = writer_->Prepare("SELECT count(*) FROM pragma_foreign_key_check");
    return Must(ReadValue<std::string>(check)) == "ok" && Must(ReadValue<int>(foreign)) == 0;
  }

  SqliteStoreUnderTest database_;
  StoreSamples samples_;
  Record kept_;
  Record other_;
  PhotoEntry photo_;
  std::mutex mutex_;
  std::unique_ptr<SqliteConnection> writer_;
};

TEST_F(SqliteUnitOfWorkTest, LeavesEverythingAsItWasWhenTheCommitIsRefused) {
  const std::string before = Held();
  sqlite3_commit_hook(writer_->database(), [](void*) { return 1; }, nullptr);
  EXPECT_EQ(Outcome(WriteEverything()), "INTERNAL");
  EXPECT_EQ(Held(), before);
  sqlite3_commit_hook(writer_->database(), nullptr, nullptr);
  Must(WriteEverything());
  EXPECT_NE(Held(), before);
  EXPECT_TRUE(IsSound());
}

TEST_F(SqliteUnitOfWorkTest, CommitsNothingMoreAfterARefusedCommit) {
  const std::string before = Held();
  sqlite3_commit_hook(writer_->database(), [](void*) { return 1; }, nullptr);
  {
    const auto work = Begin();
    Must(work->DeletePhoto(photo_.id));
    EXPECT_EQ(Outcome(work->Commit({})), "INTERNAL");
    sqlite3_commit_hook(writer_->database(), nullptr, nullptr);
    EXPECT_EQ(Outcome(work->DeletePhoto(photo_.id)), "INTERNAL");
    EXPECT_EQ(Outcome(work->Commit({})), "INTERNAL");
  }
  EXPECT_EQ(Held(), before);
}

// At every step of SQLite's own program in turn.
TEST_F(SqliteUnitOfWorkTest, LeavesEverythingAsItWasWhicheverStepFails) {
  const std::string before = Held();
  Result<void> done = std::unexpected(Error{});
  for (int steps = 1; !done; steps += 1 + steps / 16) {
    bool failed = false;
    const auto fail_once = [](void* once) {
      return std::exchange(*static_cast<bool*>(once), true) ? 0 : 1;
    };
    sqlite3_progress_handler(writer_->database(), steps, fail_once, &failed);
    done = WriteEverything();
    sqlite3_progress_handler(writer_->database(), 0, nullptr, nullptr);
    if (done) break;
    ASSERT_TRUE(failed);
    EXPECT_EQ(Outcome(done), "STORE_UNAVAILABLE") << steps;
    ASSERT_EQ(Held(), before) << steps;
  }
  EXPECT_NE(Held(), before);
  EXPECT_TRUE(IsSound());
}

TEST_F(SqliteUnitOfWorkTest, LeavesEverythingAsItWasWhereTheDatabaseMayNotGrow) {
  const std::string before = Held();
  SqliteStatement size = writer_->Prepare("PRAGMA page_count");
  const int pages = *Must(ReadValue<int>(size));
  Must(writer_->RunScript("PRAGMA max_page_count = " + std::to_string(pages)));
  Record large = samples_.NewRecord(RecordKind::kStranded);
  large.person.remarks.assign(30'000, 'r');
  {
    const auto work = Begin();
    Must(work->DeletePhoto(photo_.id));
    EXPECT_EQ(Outcome(work->AddRecord(large)), "STORE_FULL");
    EXPECT_EQ(Outcome(work->Commit({})), "STORE_FULL") << "for the reason of the failure";
  }
  EXPECT_EQ(Held(), before);
  Must(writer_->RunScript("PRAGMA max_page_count = 1000000"));
  const auto work = Begin();
  Must(work->AddRecord(large));
  Must(work->Commit({}));
  EXPECT_TRUE(Must(database_.store().FindRecord(large.id)).has_value());
  EXPECT_TRUE(IsSound());
}

// SQLite rolls back by itself after some failures, of reading too. What follows would be written
// for good, each statement for itself.
TEST_F(SqliteUnitOfWorkTest, WritesNothingOnceItsTransactionIsGone) {
  const std::string before = Held();
  const auto work = Begin();
  Must(work->DeletePhoto(photo_.id));
  Must(writer_->RunScript("ROLLBACK"));
  EXPECT_EQ(Outcome(work->AddSearch(samples_.NewSearch("case"))), "STORE_UNAVAILABLE");
  EXPECT_EQ(Outcome(work->EraseRecord(kept_.id, At(2), "asked")), "STORE_UNAVAILABLE");
  EXPECT_EQ(Outcome(work->Commit({})), "STORE_UNAVAILABLE");
  EXPECT_EQ(Held(), before);
}

TEST_F(SqliteUnitOfWorkTest, DoesNotBeginWhereTheDatabaseHasLostItsLastChange) {
  Must(writer_->RunScript("DELETE FROM meta WHERE key = 'last_change'"));
  for (int time = 0; time < 2; ++time) {
    const auto work = SqliteUnitOfWork::Begin(std::unique_lock(mutex_), *writer_);
    EXPECT_EQ(Outcome(work), "STORE_CORRUPT") << "and gives up what it held";
  }
}

TEST_F(SqliteUnitOfWorkTest, ErasesWhatOthersReferToInAnOrderThatLeavesNothingDangling) {
  {
    const auto work = Begin();
    Must(work->AddPhoto(samples_.NewPhoto(other_.id, {kSpaceA})));
    Must(work->EraseRecord(kept_.id, At(2), "asked"));
    Must(work->EraseRecord(other_.id, At(2), "asked"));
    Must(work->Commit({}));
  }
  EXPECT_TRUE(IsSound());
  SqliteStatement left = writer_->Prepare(
      "SELECT (SELECT count(*) FROM linked_stays) + (SELECT count(*) FROM coverage) + "
      "(SELECT count(*) FROM photos WHERE id IS NOT NULL) + "
      "(SELECT count(*) FROM faces WHERE id IS NOT NULL) + "
      "(SELECT count(*) FROM templates WHERE vector IS NOT NULL) + "
      "(SELECT count(*) FROM particulars WHERE document IS NOT NULL)");
  EXPECT_EQ(*Must(ReadValue<int>(left)), 0);
}

}  // namespace
}  // namespace homeward
