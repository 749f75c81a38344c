#include <gmock/gmock.h>

#include <atomic>
#include <set>
#include <thread>

#include "tests/store/store_contract.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;

TEST_P(StoreContractTest, RollsBackWhatIsNotCommitted) {
  const Record kept = Add(RecordKind::kStranded);
  const PhotoEntry photo = AddPhoto(kept.id, {kSpaceA});
  const std::string before = Describe(store());
  const Record dropped = samples().NewRecord(RecordKind::kStranded);
  {
    const auto work = Must(store().Begin());
    Must(work->AddRecord(dropped));
    Must(work->AddPhoto(samples().NewPhoto(dropped.id, {kSpaceA})));
    Must(work->AddSearch(samples().NewSearch("a")));
    Must(work->RememberRequest(samples().NewRequest("station", "r1")));
    Must(work->LinkStays(dropped.id, kept.id, At(1)));
    Must(work->AddCoverage({photo.faces[0].id, kSpaceA, 1, 0}));
    Must(work->EraseRecord(kept.id, At(1), "asked"));
  }
  EXPECT_EQ(Describe(store()), before);
  EXPECT_FALSE(Must(store().FindRecord(dropped.id)).has_value());
  EXPECT_FALSE(Must(store().FindRequest("station", "r1")).has_value());
}

TEST_P(StoreContractTest, ReadsItsOwnWritesWhichNobodyElseSeesBeforeTheCommit) {
  const Record old = Add(RecordKind::kStranded);
  const Record record = samples().NewRecord(RecordKind::kStranded);
  const PhotoEntry photo = samples().NewPhoto(record.id, {kSpaceA});
  const SearchEntry search = samples().NewSearch("a");
  const auto work = Must(store().Begin());
  Must(work->AddRecord(record));
  Must(work->AddPhoto(photo));
  Must(work->AddSearch(search));
  Must(work->RememberRequest(samples().NewRequest("station", "r1")));
  Must(work->LinkStays(record.id, old.id, At(1)));
  const auto sees_all = [&](const StoreReader& reader) {
    return std::vector<bool>{Must(reader.FindRecord(record.id)).has_value(),
                             Must(reader.ListRecords({}, {})).size() == 2,
                             Must(reader.FindPhoto(photo.id)).has_value(),
                             Must(reader.ListPhotos(record.id)).size() == 1,
                             Must(reader.FindSearch(search.id)).has_value(),
                             Must(reader.ListSearches("a", {})).size() == 1,
                             Must(reader.FindRequest("station", "r1")).has_value(),
                             Must(reader.ListLinkedStays(old.id)).size() == 1};
  };
  EXPECT_THAT(sees_all(*work), ::testing::Each(true));
  EXPECT_THAT(sees_all(store()), ::testing::Each(false));
  Must(work->Commit(samples().NewEvent()));
  EXPECT_THAT(sees_all(store()), ::testing::Each(true));
}

TEST_P(StoreContractTest, NumbersTheChangesOfWhatCanBeSearchedAndNothingElse) {
  EXPECT_EQ(Must(store().LastChange()), 0);
  Record record = Add(RecordKind::kStranded);
  EXPECT_EQ(record.created_change, 1);
  const Record other = Add(RecordKind::kStranded);
  const PhotoEntry photo = AddPhoto(record.id, {kSpaceA});
  EXPECT_EQ(photo.change, 3);
  Do([&](UnitOfWork& work) {
    EXPECT_EQ(work.change_number(), 4);
    Must(work.AddSearch(samples().NewSearch("a")));
    Must(work.AddCoverage({photo.faces[0].id, kSpaceA, 2, 0}));
    Must(work.RememberRequest(samples().NewRequest("station", "r1")));
    Must(work.LinkStays(record.id, other.id, At(1)));
    EXPECT_EQ(Outcome(work.DeletePhoto(samples().NewId<PhotoId>())), "PHOTO_NOT_FOUND");
    EXPECT_EQ(work.change_number(), 4);
  });
  EXPECT_EQ(Must(store().LastChange()), 3);
  Do([&](UnitOfWork& work) { Must(work.UpdateRecord(record)); });
  EXPECT_EQ(Must(store().LastChange()), 4);
  Do([&](UnitOfWork& work) { Must(work.DeletePhoto(photo.id)); });
  EXPECT_EQ(Must(store().LastChange()), 5);
  Erase(record.id);
  EXPECT_EQ(Must(store().LastChange()), 6);
}

TEST_P(StoreContractTest, WritesNothingAfterTheCommit) {
  const auto work = Must(store().Begin());
  Must(work->Commit(samples().NewEvent()));
  EXPECT_EQ(Outcome(work->AddRecord(samples().NewRecord(RecordKind::kStranded))), "INTERNAL");
  EXPECT_EQ(Outcome(work->Commit(samples().NewEvent())), "INTERNAL");
}

TEST_P(StoreContractTest, CommitsNothingAfterAWriteThatFailedHalfway) {
  const Record record = Add(RecordKind::kStranded);
  PhotoEntry photo = samples().NewPhoto(record.id, {kSpaceA});
  photo.faces[0].templates[0].vector.clear();
  const auto work = Must(store().Begin());
  EXPECT_EQ(Outcome(work->AddPhoto(photo)), "INTERNAL");
  EXPECT_EQ(Outcome(work->AddSearch(samples().NewSearch("a"))), "INTERNAL");
  EXPECT_EQ(Outcome(work->Commit(samples().NewEvent())), "INTERNAL");
}

TEST_P(StoreContractTest, CommitsAfterARefusal) {
  Do([&](UnitOfWork& work) {
    EXPECT_EQ(Outcome(work.UpdateRecord(samples().NewRecord(RecordKind::kStranded))),
              "RECORD_NOT_FOUND");
    Must(work.AddRecord(samples().NewRecord(RecordKind::kStranded)));
  });
  EXPECT_EQ(Must(store().LastChange()), 1);
}

TEST_P(StoreContractTest, HoldsTheWriterLockUntilTheUnitOfWorkIsGone) {
  for (int round = 0; round < 20; ++round) {
    std::vector<std::string> order;  // guarded by the writer lock
    auto first = Must(store().Begin());
    std::thread second([&] {
      const auto work = Must(store().Begin());
      order.push_back("next");
    });
    Must(first->Commit(samples().NewEvent()));
    order.push_back("published");
    first.reset();
    second.join();
    EXPECT_THAT(order, ElementsAre("published", "next"));
  }
}

TEST_P(StoreContractTest, SerialisesWritersBesideReaders) {
  constexpr int kWriters = 8;
  constexpr int kTransactions = 50;
  std::atomic<bool> writing = true;
  const auto write = [&](std::vector<std::pair<Record, PhotoEntry>>& writes) {
    for (auto& [record, photo] : writes) {
      const auto work = Must(store().Begin());
      Must(work->AddRecord(record));
      Must(work->AddPhoto(photo));
      Must(work->AddCoverage({photo.faces[0].id, kSpaceA, work->change_number() - 1, 0}));
      record.created_change = work->change_number();
      Must(work->Commit({}));
    }
  };
  // Whatever a reader sees is the whole of some number of transactions.
  const auto read = [&] {
    ChangeNumber seen = 0;
    while (writing) {
      ChangeNumber expected = 0;
      Must(store().LoadGallery([&](const GalleryChange& change) -> Result<void> {
        EXPECT_EQ(change.number, ++expected);
        EXPECT_EQ(change.put_records.size(), 1u);
        EXPECT_EQ(change.add_faces.size(), 1u);
        return {};
      }));
      EXPECT_GE(expected, seen);
      seen = expected;
      const Coverage coverage = Must(store().CountCoverage());
      EXPECT_EQ(coverage.compared_pairs, coverage.eligible_pairs);
    }
  };
  std::vector<std::vector<std::pair<Record, PhotoEntry>>> writes(kWriters);
  for (auto& each : writes) {
    for (int i = 0; i < kTransactions; ++i) {
      const Record record = samples().NewRecord(RecordKind::kStranded);
      each.emplace_back(record, samples().NewPhoto(record.id, {kSpaceA}));
    }
  }
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);
  std::vector<std::thread> writers;
  for (auto& each : writes) writers.emplace_back(write, std::ref(each));
  for (std::thread& writer : writers) writer.join();
  writing = false;
  for (std::thread& reader : readers) reader.join();

  std::set<ChangeNumber> numbers;
  for (const auto& each : writes) {
    for (const auto& [record, photo] : each) {
      EXPECT_EQ(Must(store().FindRecord(record.id)), record);
      EXPECT_TRUE(Must(store().FindPhoto(photo.id)).has_value());
      numbers.insert(record.created_change);
    }
  }
  EXPECT_EQ(numbers.size(), std::size_t{kWriters * kTransactions});
  EXPECT_EQ(*numbers.rbegin(), kWriters * kTransactions);
  const std::int64_t n = kWriters * kTransactions;
  EXPECT_EQ(Must(store().CountCoverage()).compared_pairs, n * (n - 1) / 2);
}

}  // namespace
}  // namespace homeward
