// Rows that another hand, or a failing disk, has changed since the database was opened: every table
// refuses them by name, none is taken for something else.
#include <gmock/gmock.h>

#include "server/store/sqlite_connection.h"
#include "tests/store/sqlite_store_under_test.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;

class DamagedRowsTest : public ::testing::Test {
 protected:
  DamagedRowsTest()
      : record_(samples_.NewRecord(RecordKind::kStranded)),
        photo_(samples_.NewPhoto(record_.id, {kSpaceA})),
        search_(samples_.NewSearch("case")) {
    const auto work = Must(store().Begin());
    Must(work->AddRecord(record_));
    Must(work->AddPhoto(photo_));
    Must(work->AddSearch(search_));
    Must(work->RememberRequest(samples_.NewRequest("station", "r1")));
    Must(work->AddCoverage({photo_.faces[0].id, kSpaceA, 1, 1}));
    Must(work->Commit({}));
  }
  Store& store() { return database_.store(); }

  // As a hand would do it that no rule of the schema holds back.
  void Damage(const std::string& sql) {
    const auto hand = Must(
        SqliteConnection::Open(database_.folder().file(), SqliteConnection::Access::kWrite, {}));
    Must(hand->RunScript("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;" + sql));
  }
  // What comes of every way of reading: the worst outcome.
  std::string OutcomeOfReading() {
    for (const std::string& outcome :
         {Outcome(store().FindRecord(record_.id)), Outcome(store().ListRecords({}, {})),
          Outcome(store().FindPhoto(photo_.id)), Outcome(store().ListPhotos(record_.id)),
          Outcome(store().FindSearch(search_.id)), Outcome(store().ListSearches("", {})),
          Outcome(store().ListSearches("case", {})), Outcome(store().FindRequest("station", "r1")),
          Outcome(store().CountCoverage()), Outcome(store().ListPhotoIds()),
          Outcome(store().LastChange()),
          Outcome(store().LoadGallery([](const GalleryChange&) { return Result<void>(); }))}) {
      if (outcome != "OK") return outcome;
    }
    return "OK";
  }

  SqliteStoreUnderTest database_;
  StoreSamples samples_;
  Record record_;
  PhotoEntry photo_;
  SearchEntry search_;
};

class DamageTest : public DamagedRowsTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(DamageTest, IsRefusedByName) {
  ASSERT_EQ(OutcomeOfReading(), "OK");
  Damage(GetParam());
  EXPECT_EQ(OutcomeOfReading(), "STORE_CORRUPT");
  // It stands in nobody's way who asks for something else.
  const Record next = samples_.NewRecord(RecordKind::kMissing);
  const auto work = store().Begin();
  if (!work) return;  // the last change is what was damaged
  Must((*work)->AddRecord(next));
  Must((*work)->Commit({}));
  EXPECT_EQ(Must(store().FindRecord(next.id))->person, next.person);
}

INSTANTIATE_TEST_SUITE_P(
    Columns, DamageTest,
    ::testing::Values(
        "UPDATE particulars SET document = '{\"person\":'",
        "UPDATE particulars SET document = '{\"person\":{\"sex\":7}}'",
        "UPDATE particulars SET document = CAST(x'7b2261223a22ff227d' AS TEXT)",
        "UPDATE particulars SET document = ''", "UPDATE particulars SET sex = 4",
        "UPDATE particulars SET birth_year_min = 9999999999",
        "UPDATE particulars SET event_day = -9999999999", "DELETE FROM particulars",
        "UPDATE records SET kind = 4", "UPDATE records SET kind = 0",
        "UPDATE records SET state = 3", "UPDATE photos SET id = x'00'",
        "UPDATE photos SET kind = 99", "UPDATE photos SET capture_date = -1",
        "UPDATE photos SET sha256 = x'00'", "UPDATE photos SET width_px = 99999999999",
        "UPDATE photos SET no_template_reason = -1", "UPDATE photos SET record = 77",
        "UPDATE faces SET id = zeroblob(17)", "UPDATE faces SET geometry = '{\"landmarks\":[]}'",
        "UPDATE faces SET geometry = '[]'", "UPDATE faces SET print = x'00'",
        "UPDATE faces SET shot = 99999999999",
        "UPDATE faces SET geometry = '{\"quality\":{\"flags\":[99]}}'",
        "UPDATE faces SET geometry = '{\"box\":[1,2,\"3\",4]}'",
        "UPDATE templates SET vector = x'000000'", "UPDATE templates SET vector = x''",
        "UPDATE templates SET vector = x'0000c07f'",  // not a number
        "UPDATE searches SET account = '{\"criteria\":{\"kinds\":[9]}}'",
        "UPDATE searches SET account = 'null'", "UPDATE searches SET origin = 9",
        "UPDATE searches SET probe_hash = x'00'", "UPDATE searches SET probe_record = zeroblob(15)",
        "UPDATE candidates SET flags = '{}'", "UPDATE candidates SET flags = '[0,99]'",
        "UPDATE candidates SET rank = rank + 9999999999",
        "UPDATE candidates SET face = zeroblob(3)", "UPDATE requests SET digest = zeroblob(31)",
        "UPDATE requests SET record = zeroblob(1)", "UPDATE requests SET photos = zeroblob(17)",
        "DELETE FROM meta WHERE key = 'last_change'"));

// A nest of brackets must not be followed with the stack.
TEST_F(DamagedRowsTest, SurviveADocumentOfAMillionBrackets) {
  Damage("UPDATE particulars SET document = replace(hex(zeroblob(500000)), '0', '[')");
  EXPECT_EQ(Outcome(store().FindRecord(record_.id)), "STORE_CORRUPT");
}

TEST_F(DamagedRowsTest, AreNotTakenForRecordsThatAFilterAsksFor) {
  Damage("UPDATE particulars SET event_day = 9999999999");
  EXPECT_EQ(Outcome(store().ListRecords({}, {.size = 1})), "STORE_CORRUPT")
      << "also when the page is full before the next row is read";
}

TEST_F(DamagedRowsTest, TellWhichColumnIsDamaged) {
  Damage("UPDATE photos SET kind = 99");
  const auto found = store().FindPhoto(photo_.id);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().metadata.at("column"), "kind");
  EXPECT_THAT(found.error().message, HasSubstr("damaged"));
}

}  // namespace
}  // namespace homeward
