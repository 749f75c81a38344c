#include "server/records/record_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "server/records/photo_book.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RecordBookTest : public ::testing::Test {
 protected:
  RecordId Store(RecordKind kind, std::string unit = "") {
    Record record = RecordOfKind(kind);
    record.unit = std::move(unit);
    return EnrolRecord(book_, IntentFor("CreateRecord"), {.record = record, .photos = {}})
        .value()
        .record.record.id;
  }
  Result<RecordView> Update(const RecordId& id, const RecordEdit& edit,
                            std::string_view etag = "") {
    return UpdateRecord(book_, IntentFor("UpdateRecord"), id, etag, edit);
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

RecordEdit SetName(const std::string& name) {
  return [name](Record record) -> Result<Record> {
    record.person.claimed_name = name;
    return record;
  };
}

TEST_F(RecordBookTest, ListsNewestFirstInPages) {
  std::vector<RecordId> stored;
  for (int i = 0; i < 7; ++i) stored.push_back(Store(RecordKind::kMissing));
  std::ranges::reverse(stored);
  std::vector<RecordId> listed;
  RecordQuery query{.criteria = {}, .filter_text = "", .page_size = 3, .page_token = ""};
  std::vector<std::size_t> sizes;
  do {
    const auto page = ListRecords(book_, query).value();
    for (const auto& each : page.records) listed.push_back(each.record.id);
    sizes.push_back(page.records.size());
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  EXPECT_EQ(listed, stored);
  EXPECT_THAT(sizes, ElementsAre(3, 3, 1));
}

TEST_F(RecordBookTest, EndsAtAFullLastPage) {
  for (int i = 0; i < 4; ++i) Store(RecordKind::kMissing);
  const auto page =
      ListRecords(book_, {.criteria = {}, .filter_text = "", .page_size = 4, .page_token = ""})
          .value();
  EXPECT_THAT(page.records, SizeIs(4));
  EXPECT_EQ(page.next_page_token, "");
}

TEST_F(RecordBookTest, VisitsEachRecordOnceWhileOthersComeAndGo) {
  std::map<RecordId, int> visits;
  std::vector<RecordId> stored;
  for (int i = 0; i < 10; ++i) stored.push_back(Store(RecordKind::kMissing));
  RecordQuery query{.criteria = {}, .filter_text = "", .page_size = 2, .page_token = ""};
  int page_number = 0;
  do {
    const auto page = ListRecords(book_, query).value();
    for (const auto& each : page.records) ++visits[each.record.id];
    Store(RecordKind::kStranded);
    // One that was shown, and one that was not yet.
    if (page_number == 1) Erase(book_, stored[9]).value();
    if (page_number == 1) Erase(book_, stored[1]).value();
    ++page_number;
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  for (const auto& [id, count] : visits) EXPECT_EQ(count, 1);
  for (std::size_t i = 0; i < stored.size(); ++i) {
    EXPECT_EQ(visits.contains(stored[i]), i != 1) << i;
  }
}

TEST_F(RecordBookTest, ListsWhatPassesTheFilter) {
  const RecordId here = Store(RecordKind::kMissing, "here");
  Store(RecordKind::kMissing, "there");
  Store(RecordKind::kStranded, "here");
  RecordQuery query{.criteria = {}, .filter_text = "", .page_size = 0, .page_token = ""};
  query.criteria.kinds = {RecordKind::kMissing};
  query.criteria.units = {"here"};
  const auto page = ListRecords(book_, query).value();
  ASSERT_THAT(page.records, SizeIs(1));
  EXPECT_EQ(page.records[0].record.id, here);
}

TEST_F(RecordBookTest, TakesAPageTokenOnlyForTheListThatGaveIt) {
  for (int i = 0; i < 3; ++i) Store(RecordKind::kMissing);
  RecordQuery query{.criteria = {}, .filter_text = "a", .page_size = 1, .page_token = ""};
  query.page_token = ListRecords(book_, query).value().next_page_token;
  EXPECT_TRUE(ListRecords(book_, query));
  query.filter_text = "b";
  EXPECT_EQ(ReasonOf(ListRecords(book_, query)), Reason::kPageTokenInvalid);
  query = {.criteria = {}, .filter_text = "a", .page_size = -1, .page_token = ""};
  EXPECT_EQ(ReasonOf(ListRecords(book_, query)), Reason::kFieldInvalid);
}

TEST_F(RecordBookTest, UpdatesWhatIsSaidAndCountsTheChange) {
  const RecordId id = Store(RecordKind::kMissing);
  const auto before = FindView(book_.store(), id).value();
  folder_.clock().Advance(std::chrono::hours(1));
  const auto after = Update(id, SetName("Li Hua")).value();
  EXPECT_EQ(after.record.person.claimed_name, "Li Hua");
  EXPECT_EQ(after.record.created, before.record.created);
  EXPECT_EQ(after.record.updated, folder_.clock().Now());
  EXPECT_NE(EtagOf(after.record), EtagOf(before.record));
  EXPECT_EQ(FindView(book_.store(), id).value().record, after.record);
}

TEST_F(RecordBookTest, KeepsWhatAnEditCannotChange) {
  const RecordId id = Store(RecordKind::kMissing);
  const auto before = FindView(book_.store(), id).value().record;
  const auto after = Update(id,
                            [](Record record) -> Result<Record> {
                              record.id = {};
                              record.kind = RecordKind::kStranded;
                              record.state = RecordState::kErased;
                              record.created = {};
                              record.created_change = 99;
                              record.version = 99;
                              return record;
                            })
                         .value()
                         .record;
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(after.kind, before.kind);
  EXPECT_EQ(after.state, before.state);
  EXPECT_EQ(after.created, before.created);
  EXPECT_EQ(after.created_change, before.created_change);
  EXPECT_EQ(after.version, before.version + 1);
}

TEST_F(RecordBookTest, ChecksTheEtagWhereOneIsGiven) {
  const RecordId id = Store(RecordKind::kMissing);
  const std::string etag = EtagOf(FindView(book_.store(), id).value().record);
  Update(id, SetName("first"), etag).value();
  EXPECT_EQ(ReasonOf(Update(id, SetName("second"), etag)), Reason::kEtagMismatch);
  EXPECT_EQ(ReasonOf(EraseRecord(book_, IntentFor("EraseRecord"), id, etag)),
            Reason::kEtagMismatch);
  EXPECT_EQ(FindView(book_.store(), id).value().record.person.claimed_name, "first");
}

TEST_F(RecordBookTest, ChecksWhatTheEditMade) {
  const RecordId id = Store(RecordKind::kMissing);
  EXPECT_EQ(ReasonOf(Update(id, SetName(std::string(2001, 'x')))), Reason::kFieldInvalid);
  EXPECT_EQ(ReasonOf(Update(RecordId{}, SetName("x"))), Reason::kRecordNotFound);
}

TEST_F(RecordBookTest, LetsSearchesSeeNewAttributesAtOnce) {
  const RecordId id = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value().record.record.id;
  const auto bytes = PhotoOf(1);
  SearchCriteria criteria;
  criteria.units = {"here"};
  const auto with_unit = [](const std::string& unit) {
    return [unit](Record record) -> Result<Record> {
      record.unit = unit;
      return record;
    };
  };
  Update(id, with_unit("there")).value();
  EXPECT_THAT(SearchWith(book_, bytes, criteria).value().search.candidates, IsEmpty());
  Update(id, with_unit("here")).value();
  EXPECT_THAT(SearchWith(book_, bytes, criteria).value().search.candidates, SizeIs(1));
  folder_.Reopen();
  EXPECT_THAT(SearchWith(folder_.book(), bytes, criteria).value().search.candidates, SizeIs(1));
}

// Whether any file under `folder` holds these bytes.
bool IsOnDisk(const std::filesystem::path& folder, const std::string& bytes) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    if (content.contains(bytes)) return true;
  }
  return false;
}

TEST_F(RecordBookTest, ErasesForGoodAndLeavesATombstone) {
  const auto bytes = PhotoOf(1);
  Record record = RecordOfKind(RecordKind::kMissing);
  record.person.claimed_name = "unmistakable-name";
  const auto stored = EnrolRecord(book_, IntentFor("CreateRecord"),
                                  {.record = record, .photos = {NewPhotoOf(bytes)}})
                          .value();
  const RecordId id = stored.record.record.id;
  const auto data_folder = folder_.database().parent_path();
  const std::string photo(bytes.begin(), bytes.end());
  ASSERT_TRUE(IsOnDisk(data_folder, "unmistakable-name"));
  ASSERT_TRUE(IsOnDisk(data_folder, photo));

  folder_.clock().Advance(std::chrono::hours(2));
  const auto tombstone = Erase(book_, id).value();
  EXPECT_EQ(tombstone.record.state, RecordState::kErased);
  EXPECT_EQ(tombstone.record.erased, folder_.clock().Now());
  EXPECT_EQ(tombstone.record.person, Person());
  EXPECT_EQ(tombstone.photo_count, 0);
  EXPECT_FALSE(IsOnDisk(data_folder, "unmistakable-name"));
  EXPECT_FALSE(IsOnDisk(data_folder, photo));

  folder_.Reopen();
  EXPECT_EQ(ReasonOf(FindView(folder_.book().store(), id)), Reason::kRecordNotFound);
  EXPECT_EQ(folder_.book().store().FindRecord(id).value()->state, RecordState::kErased);
  EXPECT_THAT(SearchWith(folder_.book(), bytes).value().search.candidates, IsEmpty());
}

TEST_F(RecordBookTest, NeedsAReasonToErase) {
  const RecordId id = Store(RecordKind::kMissing);
  Intent intent = IntentFor("EraseRecord");
  intent.purpose = "";
  EXPECT_EQ(ReasonOf(EraseRecord(book_, intent, id, "")), Reason::kFieldMissing);
  intent.purpose = std::string(201, 'x');
  EXPECT_EQ(ReasonOf(EraseRecord(book_, intent, id, "")), Reason::kFieldInvalid);
  EXPECT_TRUE(FindView(book_.store(), id));
}

TEST_F(RecordBookTest, ErasesARecordOnce) {
  const RecordId id = Store(RecordKind::kMissing);
  Erase(book_, id).value();
  EXPECT_EQ(ReasonOf(Erase(book_, id)), Reason::kRecordNotFound);
  EXPECT_EQ(ReasonOf(Update(id, SetName("x"))), Reason::kRecordNotFound);
}

}  // namespace
}  // namespace homeward
