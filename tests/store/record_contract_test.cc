#include <gmock/gmock.h>

#include "tests/store/store_contract.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr RecordKind kKinds[] = {RecordKind::kStranded, RecordKind::kMissing, RecordKind::kAtRisk};

std::vector<RecordId> IdsOf(const std::vector<Record>& records) {
  std::vector<RecordId> ids;
  for (const Record& record : records) ids.push_back(record.id);
  return ids;
}

TEST_P(StoreContractTest, FindsARecordAsItWasAdded) {
  for (const RecordKind kind : kKinds) {
    Record record = samples().NewRecord(kind);
    Do([&](UnitOfWork& work) { Must(work.AddRecord(record)); });
    record.created_change = Must(store().LastChange());
    EXPECT_EQ(Must(store().FindRecord(record.id)), record);
  }
}

TEST_P(StoreContractTest, FindsARecordOfWhichNothingIsKnown) {
  for (const RecordKind kind : kKinds) {
    Record record;
    record.id = samples().NewId<RecordId>();
    record.kind = kind;
    if (kind == RecordKind::kMissing) record.details = MissingDetails{};
    if (kind == RecordKind::kAtRisk) record.details = AtRiskDetails{};
    Do([&](UnitOfWork& work) { Must(work.AddRecord(record)); });
    record.created_change = Must(store().LastChange());
    EXPECT_EQ(Must(store().FindRecord(record.id)), record);
  }
  EXPECT_EQ(Must(store().FindRecord(samples().NewId<RecordId>())), std::nullopt);
}

TEST_P(StoreContractTest, RefusesARecordIdUsedBeforeEvenIfItWasErased) {
  const Record open = Add(RecordKind::kStranded);
  const Record erased = Add(RecordKind::kStranded);
  Erase(erased.id);
  for (const RecordId& id : {open.id, erased.id}) {
    Record again = samples().NewRecord(RecordKind::kMissing);
    again.id = id;
    EXPECT_EQ(Outcome(Must(store().Begin())->AddRecord(again)), "INTERNAL");
  }
}

TEST_P(StoreContractTest, RefusesDetailsOfAnotherKind) {
  Record record = samples().NewRecord(RecordKind::kMissing);
  record.kind = RecordKind::kStranded;
  EXPECT_EQ(Outcome(Must(store().Begin())->AddRecord(record)), "INTERNAL");
}

TEST_P(StoreContractTest, OrdersRecordsByOneNumberEach) {
  const auto work = Must(store().Begin());
  Must(work->AddRecord(samples().NewRecord(RecordKind::kStranded)));
  EXPECT_EQ(Outcome(work->AddRecord(samples().NewRecord(RecordKind::kStranded))), "INTERNAL");
}

TEST_P(StoreContractTest, UpdatesEverythingThatIsSaidOfARecord) {
  for (const RecordKind kind : kKinds) {
    const Record before = Add(kind);
    Record changed = before;
    changed.unit = "";
    changed.source_reference = "R-2";
    changed.person = Person{};
    changed.person.remarks = std::string(5000, 'r');
    std::visit([](auto& details) { details = {}; }, changed.details);
    changed.legal_basis = LegalBasis::kEmergency;
    changed.updated = At(1'620'030'000);
    changed.version = before.version + 1;
    Record asked = changed;
    asked.created = At(1);  // cannot change
    asked.created_change = 1;
    Do([&](UnitOfWork& work) { Must(work.UpdateRecord(asked)); });
    EXPECT_EQ(Must(store().FindRecord(before.id)), changed);
  }
}

TEST_P(StoreContractTest, UpdatesOnlyRecordsThatAreThereAndOpen) {
  Record erased = Add(RecordKind::kStranded);
  Erase(erased.id);
  const auto work = Must(store().Begin());
  EXPECT_EQ(Outcome(work->UpdateRecord(erased)), "RECORD_NOT_FOUND");
  EXPECT_EQ(Outcome(work->UpdateRecord(samples().NewRecord(RecordKind::kStranded))),
            "RECORD_NOT_FOUND");
}

TEST_P(StoreContractTest, KeepsTheKindOfARecord) {
  Record changed = Add(RecordKind::kStranded);
  changed.kind = RecordKind::kMissing;
  changed.details = MissingDetails{};
  EXPECT_EQ(Outcome(Must(store().Begin())->UpdateRecord(changed)), "INTERNAL");
}

TEST_P(StoreContractTest, ListsOpenRecordsNewestFirstInPages) {
  std::vector<Record> records;
  for (int i = 0; i < 6; ++i) records.push_back(Add(kKinds[i % 3]));
  Erase(records[3].id);
  EXPECT_THAT(Must(store().ListRecords({}, {.size = 2})), ElementsAre(records[5], records[4]));
  EXPECT_THAT(Must(store().ListRecords({}, {.size = 2, .before = records[4].created_change})),
              ElementsAre(records[2], records[1]));
  EXPECT_THAT(Must(store().ListRecords({}, {.size = 2, .before = records[1].created_change})),
              ElementsAre(records[0]));
  EXPECT_THAT(Must(store().ListRecords({}, {.size = 2, .before = records[0].created_change})),
              IsEmpty());
}

TEST_P(StoreContractTest, LinksStaysWithoutAnOrder) {
  const RecordId one = Add(RecordKind::kStranded).id;
  const RecordId two = Add(RecordKind::kStranded).id;
  const RecordId three = Add(RecordKind::kStranded).id;
  Do([&](UnitOfWork& work) {
    Must(work.LinkStays(three, one, At(1)));
    Must(work.LinkStays(one, two, At(2)));
    EXPECT_EQ(Outcome(work.LinkStays(two, one, At(3))), "ALREADY_LINKED");
    EXPECT_EQ(Outcome(work.UnlinkStays(two, three)), "NOT_LINKED");
  });
  EXPECT_THAT(Must(store().ListLinkedStays(one)), ElementsAre(two, three));
  EXPECT_THAT(Must(store().ListLinkedStays(two)), ElementsAre(one));
  EXPECT_THAT(Must(store().ListLinkedStays(three)), ElementsAre(one));
  Do([&](UnitOfWork& work) { Must(work.UnlinkStays(two, one)); });
  EXPECT_THAT(Must(store().ListLinkedStays(one)), ElementsAre(three));
  EXPECT_THAT(Must(store().ListLinkedStays(two)), IsEmpty());
}

TEST_P(StoreContractTest, LinksOnlyRecordsThatAreThereAndOpen) {
  const RecordId open = Add(RecordKind::kStranded).id;
  const RecordId erased = Add(RecordKind::kStranded).id;
  Erase(erased);
  const auto work = Must(store().Begin());
  EXPECT_EQ(Outcome(work->LinkStays(open, erased, At(1))), "RECORD_NOT_FOUND");
  EXPECT_EQ(Outcome(work->LinkStays(samples().NewId<RecordId>(), open, At(1))), "RECORD_NOT_FOUND");
}

TEST_P(StoreContractTest, LeavesATombstoneOfAnErasedRecord) {
  const Record record = Add(RecordKind::kMissing);
  Erase(record.id);
  Record tombstone;
  tombstone.id = record.id;
  tombstone.kind = record.kind;
  tombstone.details = MissingDetails{};
  tombstone.state = RecordState::kErased;
  tombstone.created = record.created;
  tombstone.updated = At(1'620'020'000);
  tombstone.erased = At(1'620'020'000);
  tombstone.created_change = record.created_change;
  tombstone.version = record.version + 1;
  EXPECT_EQ(Must(store().FindRecord(record.id)), tombstone);
  const auto work = Must(store().Begin());
  EXPECT_EQ(Outcome(work->EraseRecord(record.id, At(1), "")), "RECORD_NOT_FOUND");
  EXPECT_EQ(Outcome(work->EraseRecord(samples().NewId<RecordId>(), At(1), "")), "RECORD_NOT_FOUND");
}

TEST_P(StoreContractTest, ErasesARecordWithEverythingThatHangsOnIt) {
  const RecordId erased = Add(RecordKind::kStranded).id;
  const RecordId kept = Add(RecordKind::kStranded).id;
  const PhotoEntry first = AddPhoto(erased, {kSpaceA, kSpaceB});
  const PhotoEntry second = AddPhoto(erased, {});
  const PhotoEntry other = AddPhoto(kept, {kSpaceA});
  Do([&](UnitOfWork& work) {
    Must(work.LinkStays(erased, kept, At(1)));
    Must(work.AddCoverage({first.faces[0].id, kSpaceA, 1, 1}));
  });
  Do([&](UnitOfWork& work) {
    EXPECT_THAT(Must(work.EraseRecord(erased, At(2), "asked")), ElementsAre(first.id, second.id));
  });
  EXPECT_EQ(Must(store().FindPhoto(first.id)), std::nullopt);
  EXPECT_EQ(Must(store().FindPhoto(second.id)), std::nullopt);
  EXPECT_THAT(Must(store().ListPhotos(erased)), IsEmpty());
  EXPECT_THAT(Must(store().ListPhotoIds()), ElementsAre(other.id));
  EXPECT_THAT(Must(store().ListLinkedStays(kept)), IsEmpty());
  EXPECT_THAT(IdsOf(Must(store().ListRecords({}, {}))), ElementsAre(kept));
  EXPECT_EQ(Describe(*Must(store().FindPhoto(other.id))), Describe(other));
}

}  // namespace
}  // namespace homeward
