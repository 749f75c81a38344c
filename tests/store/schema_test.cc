#include "server/store/schema.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "tests/store/database_folder.h"
#include "tests/store/outcome.h"
#include "tests/store/sqlite_store_under_test.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;

std::string TextOf(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::unique_ptr<SqliteConnection> Connect(const std::filesystem::path& file) {
  std::ofstream(file, std::ios::app).close();
  return Must(SqliteConnection::Open(file, SqliteConnection::Access::kWrite, {}));
}

// What the database says of its own make-up, in words that do not depend on the order of steps.
std::vector<std::string> MakeUp(SqliteConnection& connection) {
  SqliteStatement statement = connection.Prepare(
      "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM "
      "sqlite_schema ORDER BY name");
  return Must(ReadColumn<std::string>(statement));
}

// tests/store/schema_N.sql is what that version left on somebody's disk.
void MakeVersion1(const std::filesystem::path& file) {
  const std::string dump = TextOf(HOMEWARD_SOURCE_DIR "/tests/store/schema_1.sql");
  ASSERT_FALSE(dump.empty());
  const auto connection = Connect(file);
  Must(connection->RunScript("PRAGMA foreign_keys = OFF"));
  Must(connection->RunScript(dump));
}

TEST(SchemaTest, IsMadeInAnEmptyDatabaseAndThenLeftAlone) {
  const DatabaseFolder folder;
  const auto connection = Connect(folder.file());
  Must(UpgradeSchema(*connection));
  const auto made = MakeUp(*connection);
  EXPECT_GT(made.size(), 10u);
  Must(UpgradeSchema(*connection));
  EXPECT_EQ(MakeUp(*connection), made);
}

TEST(SchemaTest, IsTheSameFromEmptyAndFromTheVersionBefore) {
  const DatabaseFolder fresh;
  const DatabaseFolder old;
  const auto made = Connect(fresh.file());
  Must(UpgradeSchema(*made));
  MakeVersion1(old.file());
  const auto upgraded = Connect(old.file());
  EXPECT_NE(MakeUp(*upgraded), MakeUp(*made));
  Must(UpgradeSchema(*upgraded));
  EXPECT_EQ(MakeUp(*upgraded), MakeUp(*made));
}

TEST(SchemaTest, KeepsEverythingThatVersion1Held) {
  const DatabaseFolder folder;
  MakeVersion1(folder.file());
  const auto store = Must(SqliteStore::Open(folder.file(), {}));
  EXPECT_EQ(Must(store->LastChange()), 8);
  const auto records = Must(store->ListRecords({}, {}));
  ASSERT_EQ(records.size(), 3u);
  const auto& [stay, missing, stranded] = std::tie(records[0], records[1], records[2]);
  EXPECT_EQ(missing.person.claimed_name, "改名");
  EXPECT_EQ(missing.version, 2);
  EXPECT_EQ(std::get<MissingDetails>(missing.details).lost_date, (Date{2020, 5, 1}));
  EXPECT_EQ(std::get<StrandedDetails>(stranded.details).found_place, "火车站");
  EXPECT_THAT(Must(store->ListLinkedStays(stay.id)), ElementsAre(stranded.id));
  const auto photos = Must(store->ListPhotos(stranded.id));
  ASSERT_EQ(photos.size(), 1u);
  EXPECT_EQ(photos[0].faces[0].templates[1].space_id, "space-b");
  EXPECT_THAT(photos[0].faces[0].templates[1].vector, ElementsAre(7, -1.1f, 0, 1e-30f));
  const auto searches = Must(store->ListSearches("case-1", {}));
  ASSERT_EQ(searches.size(), 1u);
  EXPECT_EQ(Must(store->FindSearch(searches[0].search.id))->candidates.size(), 2u);
  EXPECT_EQ(Must(store->FindRequest("station", "request-1"))->photos.size(), 2u);
  EXPECT_EQ(Must(store->CountCoverage()).eligible_pairs, 1);
}

TEST(SchemaTest, GoesOnFromVersion1) {
  const DatabaseFolder folder;
  MakeVersion1(folder.file());
  const auto store = Must(SqliteStore::Open(folder.file(), {}));
  const auto photo = Must(store->ListPhotos(Must(store->ListRecords({}, {}))[1].id))[0];
  const auto work = Must(store->Begin());
  EXPECT_EQ(work->change_number(), 9);
  Must(work->AddCoverage({photo.faces[0].id, "space-a", 1, 1}));
  Must(work->EraseRecord(photo.record, At(1), "asked"));
  Must(work->Commit({}));
  EXPECT_EQ(Must(store->CountCoverage()).eligible_pairs, 0);
}

TEST(SchemaTest, IsUpgradedWholeOrNotAtAll) {
  const DatabaseFolder folder;
  MakeVersion1(folder.file());
  const auto connection = Connect(folder.file());
  Must(connection->RunScript("CREATE TABLE coverage (in_the_way INTEGER)"));
  const auto before = MakeUp(*connection);
  EXPECT_EQ(Outcome(UpgradeSchema(*connection)), "INTERNAL");
  EXPECT_EQ(MakeUp(*connection), before);
}

}  // namespace
}  // namespace homeward
