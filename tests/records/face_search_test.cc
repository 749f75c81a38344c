#include "server/records/face_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "server/records/keyed_hash.h"
#include "server/records/photo_book.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FaceSearchTest : public ::testing::Test {
 protected:
  RecordId Store(RecordKind kind, int identity, int variation = 0, Record record = {}) {
    const auto details = RecordOfKind(kind).details;
    record.kind = kind;
    record.details = details;
    const auto bytes = PhotoOf(identity, variation);
    return EnrolRecord(book_, IntentFor("CreateRecord"),
                       {.record = std::move(record), .photos = {NewPhotoOf(bytes)}})
        .value()
        .record.record.id;
  }
  Result<FaceSearch> SearchStored(std::variant<ShownPhoto, PhotoName, RecordId> probe,
                                  SearchCriteria criteria = {}) {
    const FaceQuery query{.probe = std::move(probe), .criteria = std::move(criteria)};
    return SearchFaces(book_, IntentFor("SearchFaces"), query);
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

TEST_F(FaceSearchTest, FindsTheRecordsNearestToAPhotoShown) {
  const RecordId far = Store(RecordKind::kMissing, 2);
  const RecordId near = Store(RecordKind::kAtRisk, 1, 4);
  const auto bytes = PhotoOf(1);
  const auto found = SearchWith(book_, bytes).value();
  EXPECT_THAT(RecordsOf(found.search), ElementsAre(near, far));
  EXPECT_FALSE(found.search.search.no_candidate);
  EXPECT_EQ(found.search.search.origin, SearchOrigin::kAdHoc);
  ASSERT_TRUE(found.probe_face);
  EXPECT_NEAR(found.probe_face->box.x, 16, 2);
}

TEST_F(FaceSearchTest, KeepsEverySearchAlsoAnEmptyOne) {
  const auto bytes = PhotoOf(1);
  const auto found = SearchWith(book_, bytes).value();
  EXPECT_TRUE(found.search.search.no_candidate);
  EXPECT_THAT(found.search.candidates, IsEmpty());
  const auto kept = book_.store().FindSearch(found.search.search.id).value();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->caller, "station");
  EXPECT_EQ(kept->purpose, "identify");
  EXPECT_EQ(kept->comparison.searchable, 0);
}

TEST_F(FaceSearchTest, KeepsOfAPhotoShownAKeyedHashAndNothingElse) {
  const auto bytes = PhotoOf(1);
  const auto found = SearchWith(book_, bytes).value();
  EXPECT_EQ(found.search.search.probe_hash, KeyedHash(book_.hash_key(), bytes));
  EXPECT_NE(found.search.search.probe_hash, Sha256Of(bytes));
  EXPECT_FALSE(found.search.search.probe_record);
  EXPECT_EQ(folder_.StoredPhotoCount(), 0);
}

TEST_F(FaceSearchTest, CountsADistanceAtTheThresholdAsAbove) {
  Store(RecordKind::kMissing, 1, 1);
  const auto bytes = PhotoOf(1);
  const double distance = SearchWith(book_, bytes).value().search.candidates[0].entry.distance;
  for (const auto& [threshold, above] :
       {std::pair{distance, true}, std::pair{std::nextafter(distance, 0.0), false}}) {
    OperatingPoint point = book_.operating_point();
    point.threshold = threshold;
    Casebook strict({.store = book_.store(),
                     .vault = book_.vault(),
                     .gallery = book_.gallery(),
                     .analyzers = book_.analyzers(),
                     .clock = book_.clock(),
                     .ids = book_.ids(),
                     .operating_points = {point},
                     .hash_key = book_.hash_key()});
    const auto found = SearchWith(strict, bytes).value();
    EXPECT_EQ(found.search.search.no_candidate, !above);
    EXPECT_EQ(found.search.candidates[0].entry.above_operating_point, above);
  }
}

TEST_F(FaceSearchTest, SearchesWithAStoredPhotoAndNeverMeetsItsRecord) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 1}, {2, 1}}).value();
  const RecordId same = Store(RecordKind::kStranded, 2);
  const PhotoName photo{report.record.record.id, report.photos[1].id};
  const auto found = SearchStored(photo).value();
  EXPECT_THAT(RecordsOf(found.search), ElementsAre(same));
  EXPECT_FALSE(found.search.search.no_candidate);
  EXPECT_EQ(found.search.search.probe_record, photo.record);
  EXPECT_EQ(found.search.search.probe_photo, photo.photo);
  EXPECT_EQ(found.search.search.comparison.own, 1);
  EXPECT_FALSE(found.probe_face);
}

TEST_F(FaceSearchTest, SearchesWithEveryFaceOfAStoredRecord) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 1}, {2, 1}}).value();
  const RecordId two = Store(RecordKind::kStranded, 2);
  const RecordId one = Store(RecordKind::kStranded, 1, 2);
  const auto found = SearchStored(report.record.record.id).value();
  EXPECT_THAT(RecordsOf(found.search), ElementsAre(two, one));
  EXPECT_EQ(found.search.candidates[0].entry.probe_index, 1);
  EXPECT_EQ(found.search.candidates[1].entry.probe_index, 0);
  EXPECT_EQ(found.search.search.probe_record, report.record.record.id);
  EXPECT_FALSE(found.search.search.probe_photo);
}

TEST_F(FaceSearchTest, SaysWhyItCannotSearch) {
  const auto blank = PhotoOf(std::vector<SyntheticFace>());
  const auto tiny = PhotoOf({{.identity = 1, .size_px = kTooSmallPx}});
  const auto crowd =
      PhotoOf({{.identity = 1, .size_px = 64}, {.identity = 2, .at = {120, 8}, .size_px = 64}});
  EXPECT_EQ(ReasonOf(SearchWith(book_, blank)), Reason::kNoFaceFound);
  EXPECT_EQ(ReasonOf(SearchWith(book_, tiny)), Reason::kNoUsableFace);
  EXPECT_EQ(ReasonOf(SearchWith(book_, crowd)), Reason::kSeveralFaces);
  EXPECT_EQ(ReasonOf(SearchWith(book_, {})), Reason::kPhotoEmpty);
  EXPECT_THAT(book_.store().ListSearches("", {}).value(), IsEmpty());
}

TEST_F(FaceSearchTest, SaysWhyNothingStoredCanBeSearchedWith) {
  const auto blank = PhotoOf(std::vector<SyntheticFace>());
  const auto tiny = PhotoOf({{.identity = 1, .size_px = kTooSmallPx}});
  const auto store = [&](const std::vector<std::uint8_t>& bytes) {
    return EnrolRecord(
               book_, IntentFor("CreateRecord"),
               {.record = RecordOfKind(RecordKind::kStranded), .photos = {NewPhotoOf(bytes)}})
        .value();
  };
  const auto without_face = store(blank);
  const auto without_use = store(tiny);
  const auto name = [](const Enrolment& each) {
    return PhotoName{each.record.record.id, each.photos[0].id};
  };
  EXPECT_EQ(ReasonOf(SearchStored(name(without_face))), Reason::kNoFaceFound);
  EXPECT_EQ(ReasonOf(SearchStored(without_face.record.record.id)), Reason::kNoFaceFound);
  EXPECT_EQ(ReasonOf(SearchStored(name(without_use))), Reason::kNoUsableFace);
  EXPECT_EQ(ReasonOf(SearchStored(RecordId{})), Reason::kRecordNotFound);
  EXPECT_EQ(ReasonOf(SearchStored(PhotoName{without_use.record.record.id, {}})),
            Reason::kPhotoNotFound);
  EXPECT_EQ(
      ReasonOf(SearchStored(PhotoName{without_face.record.record.id, name(without_use).photo})),
      Reason::kPhotoNotFound);
}

TEST_F(FaceSearchTest, NarrowsAndCountsWhatItLeftOut) {
  Record in_puyang;
  in_puyang.unit = "puyang";
  in_puyang.person.sex = Sex::kMale;
  Record elsewhere;
  elsewhere.unit = "elsewhere";
  Store(RecordKind::kMissing, 1, 0, elsewhere);
  const RecordId wanted = Store(RecordKind::kMissing, 1, 1, in_puyang);
  Store(RecordKind::kStranded, 1, 2, in_puyang);
  const auto bytes = PhotoOf(1);
  SearchCriteria criteria;
  criteria.kinds = {RecordKind::kMissing};
  criteria.units = {"puyang"};
  criteria.sex = Sex::kMale;
  const auto found = SearchWith(book_, bytes, criteria).value();
  EXPECT_THAT(RecordsOf(found.search), ElementsAre(wanted));
  EXPECT_EQ(found.search.search.criteria, criteria);
  const Comparison& account = found.search.search.comparison;
  EXPECT_EQ(account.searchable, 3);
  EXPECT_EQ(account.compared, 1);
  EXPECT_EQ(account.filtered, 1);
  EXPECT_EQ(account.kind_not_searched, 1);
}

TEST_F(FaceSearchTest, ShowsAttributesThatDifferAndNeverReordersByThem) {
  Record woman;
  woman.person.claimed_name = "Li Hua";
  woman.person.sex = Sex::kFemale;
  Record man;
  man.person.claimed_name = "Wang Wu";
  man.person.sex = Sex::kMale;
  const RecordId differs = Store(RecordKind::kMissing, 1, 0, man);
  const RecordId agrees = Store(RecordKind::kMissing, 2, 0, woman);
  const RecordId probe = Store(RecordKind::kStranded, 1, 3, woman);
  const auto found = SearchStored(probe).value();
  ASSERT_THAT(RecordsOf(found.search), ElementsAre(differs, agrees));
  EXPECT_THAT(found.search.candidates[0].entry.flags,
              ElementsAre(AttributeFlag::kNameDiffers, AttributeFlag::kSexDiffers));
  EXPECT_THAT(found.search.candidates[1].entry.flags, IsEmpty());
}

TEST_F(FaceSearchTest, RanksAlikeWhateverIsSaidAboutThePeople) {
  const auto ranking = [&](bool told) {
    CasebookFolder folder;
    std::vector<std::size_t> order;
    std::vector<RecordId> stored;
    for (int i = 0; i < 6; ++i) {
      const auto bytes = PhotoOf(i, i);
      Record record = RecordOfKind(RecordKind::kMissing);
      if (told) record.person.claimed_name = i % 2 == 0 ? "Li Hua" : "Wang Wu";
      if (told) record.person.sex = i % 3 == 0 ? Sex::kMale : Sex::kFemale;
      stored.push_back(EnrolRecord(folder.book(), IntentFor("CreateRecord"),
                                   {.record = record, .photos = {NewPhotoOf(bytes)}})
                           .value()
                           .record.record.id);
    }
    const auto bytes = PhotoOf(2, 9);
    Record record = RecordOfKind(RecordKind::kStranded);
    if (told) record.person.claimed_name = "Wang Wu";
    if (told) record.person.sex = Sex::kMale;
    const auto intake = EnrolRecord(folder.book(), IntentFor("CreateRecord"),
                                    {.record = record, .photos = {NewPhotoOf(bytes)}})
                            .value();
    for (const RecordId& id : RecordsOf(*intake.search)) {
      order.push_back(static_cast<std::size_t>(std::ranges::find(stored, id) - stored.begin()));
    }
    return order;
  };
  EXPECT_THAT(ranking(false), SizeIs(6));
  EXPECT_EQ(ranking(true), ranking(false));
}

TEST_F(FaceSearchTest, NeverReturnsAnErasedRecordOrPhoto) {
  const RecordId erased = Store(RecordKind::kMissing, 1);
  const auto two = Enrol(book_, RecordKind::kMissing, {{1, 1}, {2, 0}}).value();
  Erase(book_, erased).value();
  const PhotoName gone{two.record.record.id, two.photos[0].id};
  DeletePhoto(book_, IntentFor("DeletePhoto"), gone).value();
  const auto bytes = PhotoOf(1);
  for (int restart = 0; restart < 2; ++restart) {
    const auto found = SearchWith(folder_.book(), bytes).value();
    ASSERT_THAT(RecordsOf(found.search), ElementsAre(gone.record));
    EXPECT_EQ(found.search.candidates[0].entry.photo, two.photos[1].id);
    EXPECT_TRUE(found.search.search.no_candidate);
    folder_.Reopen();
  }
}

TEST_F(FaceSearchTest, LeavesOutAHitThatTheDatabaseNoLongerHas) {
  const RecordId erased = Store(RecordKind::kMissing, 1);
  const RecordId other = Store(RecordKind::kMissing, 2);
  // Only the database forgets it: the gallery is behind, as it may be for a moment.
  auto unit = book_.store().Begin().value();
  unit->EraseRecord(erased, book_.clock().Now(), "test").value();
  unit->Commit({}).value();
  unit.reset();
  const auto bytes = PhotoOf(1);
  const auto found = SearchWith(book_, bytes).value();
  EXPECT_THAT(RecordsOf(found.search), ElementsAre(other));
  EXPECT_EQ(found.search.candidates[0].entry.rank, 1);
  EXPECT_TRUE(found.search.search.no_candidate);
}

TEST_F(FaceSearchTest, AnswersARepeatedSearchWithTheOneMadeThen) {
  const RecordId before = Store(RecordKind::kMissing, 1, 1);
  const auto bytes = PhotoOf(1);
  const auto first = SearchWith(book_, bytes, {}, "id").value();
  Store(RecordKind::kMissing, 1);
  const auto again = SearchWith(book_, bytes, {}, "id").value();
  EXPECT_EQ(again.search.search.id, first.search.search.id);
  EXPECT_THAT(RecordsOf(again.search), ElementsAre(before));
  EXPECT_EQ(again.probe_face->box, first.probe_face->box);
  Erase(book_, before).value();
  const auto after_erasure = SearchWith(book_, bytes, {}, "id").value();
  ASSERT_THAT(after_erasure.search.candidates, SizeIs(1));
  EXPECT_FALSE(after_erasure.search.candidates[0].record);
}

// What a candidate list says, without who asked for it and when.
std::vector<std::tuple<int, RecordId, PhotoId, FaceId, double, std::optional<Evidence>, bool>>
AnswerOf(const SearchEntry& search) {
  std::vector<std::tuple<int, RecordId, PhotoId, FaceId, double, std::optional<Evidence>, bool>>
      answer;
  for (const CandidateEntry& each : search.candidates) {
    answer.emplace_back(each.rank, each.record, each.photo, each.face, each.distance, each.evidence,
                        each.above_operating_point);
  }
  return answer;
}

TEST_F(FaceSearchTest, AnsweringAgainIsTheSameAnswerWhileNothingHasChangedAlsoAfterARestart) {
  for (int identity = 1; identity <= 6; ++identity) Store(RecordKind::kMissing, identity, 1);
  Erase(book_, Store(RecordKind::kMissing, 1, 2)).value();
  const auto bytes = PhotoOf(1);
  const SearchId then = SearchWith(book_, bytes, {}, "then").value().search.search.id;
  folder_.Reopen();
  Casebook& reopened = folder_.book();
  const SearchId now = SearchWith(reopened, bytes, {}, "now").value().search.search.id;
  EXPECT_NE(now, then);
  const SearchEntry kept = reopened.store().FindSearch(then).value().value();
  const SearchEntry again = reopened.store().FindSearch(now).value().value();
  EXPECT_THAT(again.candidates, SizeIs(6));
  EXPECT_EQ(again.change, kept.change);
  EXPECT_EQ(AnswerOf(again), AnswerOf(kept));
  EXPECT_EQ(again.comparison, kept.comparison);
  EXPECT_EQ(again.operating_point.name, kept.operating_point.name);
}

TEST_F(FaceSearchTest, RefusesASearchWithoutPurposeOrWithABadFilter) {
  const auto bytes = PhotoOf(1);
  Intent intent = IntentFor("SearchFaces");
  intent.purpose = " ";
  const FaceQuery query{.probe = ShownPhoto{.bytes = bytes, .face_box = {}}, .criteria = {}};
  EXPECT_EQ(ReasonOf(SearchFaces(book_, intent, query)), Reason::kPurposeMissing);
  SearchCriteria criteria;
  criteria.region_codes = {"41"};
  EXPECT_EQ(ReasonOf(SearchWith(book_, bytes, criteria)), Reason::kRegionCodeInvalid);
}

}  // namespace
}  // namespace homeward
