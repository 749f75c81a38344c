#include "server/records/enrolment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/records/photo_book.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class EnrolmentTest : public ::testing::Test {
 protected:
  // A record with one photo.
  Result<Enrolment> EnrolBytes(const NewPhoto& photo, const std::string& request_id = "") {
    return EnrolRecord(book_, IntentFor("CreateRecord", request_id),
                       {.record = RecordOfKind(RecordKind::kStranded), .photos = {photo}});
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

TEST_F(EnrolmentTest, FindsTheReportOfThePersonTakenIn) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  Enrol(book_, RecordKind::kMissing, {{2, 0}}).value();
  const auto intake = Enrol(book_, RecordKind::kStranded, {{1, 5}}).value();

  ASSERT_TRUE(intake.search);
  const SearchEntry& search = intake.search->search;
  EXPECT_FALSE(search.no_candidate);
  ASSERT_THAT(search.candidates, SizeIs(2));
  const CandidateEntry& first = search.candidates[0];
  EXPECT_EQ(first.rank, 1);
  EXPECT_EQ(first.record, report.record.record.id);
  EXPECT_EQ(first.photo, report.photos[0].id);
  EXPECT_EQ(first.face, report.photos[0].faces[0].id);
  EXPECT_EQ(first.box, report.photos[0].faces[0].face.box);
  EXPECT_TRUE(first.above_operating_point);
  EXPECT_NEAR(first.distance, 0.15, 0.01);
  EXPECT_EQ(search.candidates[1].rank, 2);
  EXPECT_FALSE(search.candidates[1].above_operating_point);
}

TEST_F(EnrolmentTest, AnswersNobodyWithTheNearestAndNoCandidate) {
  Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto intake = Enrol(book_, RecordKind::kStranded, {{2, 0}}).value();
  EXPECT_TRUE(intake.search->search.no_candidate);
  EXPECT_THAT(intake.search->candidates, SizeIs(1));
}

TEST_F(EnrolmentTest, KeepsAnEmptyResultAsASearch) {
  const auto first = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value();
  ASSERT_TRUE(first.search);
  EXPECT_TRUE(first.search->search.no_candidate);
  EXPECT_THAT(first.search->candidates, IsEmpty());
  EXPECT_TRUE(book_.store().FindSearch(first.search->search.id).value());
}

TEST_F(EnrolmentTest, KeepsWhoSearchedWhyAgainstWhatAndHow) {
  Enrol(book_, RecordKind::kAtRisk, {{3, 0}}).value();
  const auto bytes = PhotoOf(1);
  Intent intent = IntentFor("CreateRecord");
  intent.case_reference = "case 7";
  const auto intake = EnrolRecord(book_, intent,
                                  {.record = RecordOfKind(RecordKind::kAtRisk),
                                   .photos = {NewPhotoOf(bytes)},
                                   .max_candidates = 3})
                          .value();
  const SearchEntry& search = intake.search->search;
  EXPECT_EQ(search.caller, "station");
  EXPECT_EQ(search.purpose, "identify");
  EXPECT_EQ(search.case_reference, "case 7");
  EXPECT_EQ(search.origin, SearchOrigin::kEnrolment);
  EXPECT_EQ(search.probe_record, intake.record.record.id);
  EXPECT_FALSE(search.probe_photo);
  EXPECT_EQ(search.probe_hash, Sha256{});
  EXPECT_THAT(search.criteria.kinds,
              UnorderedElementsAre(RecordKind::kStranded, RecordKind::kMissing));
  EXPECT_EQ(search.space, SyntheticSpace());
  EXPECT_EQ(search.operating_point.threshold, kSyntheticThreshold);
  EXPECT_EQ(search.created, folder_.clock().Now());
  EXPECT_EQ(search.comparison.searchable, 1);
  EXPECT_EQ(search.comparison.kind_not_searched, 1);
}

struct Pairing {
  RecordKind newcomer;
  RecordKind stored;
  bool meet;
};

TEST_F(EnrolmentTest, ComparesExactlyTheEligibleKinds) {
  using enum RecordKind;
  int identity = 0;
  for (const Pairing& pairing :
       {Pairing{kStranded, kStranded, true}, Pairing{kStranded, kMissing, true},
        Pairing{kStranded, kAtRisk, true}, Pairing{kMissing, kStranded, true},
        Pairing{kMissing, kMissing, true}, Pairing{kMissing, kAtRisk, true},
        Pairing{kAtRisk, kStranded, true}, Pairing{kAtRisk, kMissing, true},
        Pairing{kAtRisk, kAtRisk, false}}) {
    ++identity;
    const auto stored = Enrol(book_, pairing.stored, {{identity, 0}}).value();
    const auto newcomer = Enrol(book_, pairing.newcomer, {{identity, 1}}).value();
    const auto met = RecordsOf(*newcomer.search);
    EXPECT_EQ(std::ranges::count(met, stored.record.record.id), pairing.meet ? 1 : 0)
        << static_cast<int>(pairing.newcomer) << " x " << static_cast<int>(pairing.stored);
  }
}

TEST_F(EnrolmentTest, NeverComparesARecordWithItself) {
  const auto first = Enrol(book_, RecordKind::kStranded, {{1, 0}, {1, 1}}).value();
  EXPECT_THAT(first.search->candidates, IsEmpty());
  const auto added = AddPhoto(book_, first.record.record.id, 1, 2).value();
  EXPECT_THAT(added.search->candidates, IsEmpty());
  EXPECT_EQ(added.search->search.comparison.own, 1);
  EXPECT_EQ(book_.store().CountCoverage().value().eligible_pairs, 0);
}

TEST_F(EnrolmentTest, SearchesWithEveryPhotoAndSaysWhichHit) {
  const auto one = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto other = Enrol(book_, RecordKind::kMissing, {{2, 0}}).value();
  const auto intake = Enrol(book_, RecordKind::kStranded, {{2, 7}, {1, 0}}).value();
  const auto& candidates = intake.search->search.candidates;
  ASSERT_THAT(candidates, SizeIs(2));
  for (const CandidateEntry& each : candidates) {
    EXPECT_EQ(each.probe_index, each.record == one.record.record.id ? 1 : 0);
    EXPECT_TRUE(each.record == one.record.record.id || each.record == other.record.record.id);
  }
}

TEST_F(EnrolmentTest, CopiesOfAPhotographCountOnceHoweverManyCome) {
  const auto probe = PhotoOf(1, 7);
  const auto once = Enrol(book_, RecordKind::kMissing, {{1, 1}, {1, 2}}).value();
  const auto often = Enrol(book_, RecordKind::kMissing, {{1, 1}, {1, 2}, {1, 1}, {1, 1}}).value();
  for (int time = 0; time < 20; ++time) ASSERT_TRUE(AddPhoto(book_, often.record.record.id, 1, 2));
  const auto found = SearchWith(book_, probe).value().search.candidates;
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].entry.record, once.record.record.id);
  EXPECT_EQ(found[0].entry.distance, found[1].entry.distance);

  const PhotoName first{often.record.record.id, often.photos[0].id};
  ASSERT_TRUE(DeletePhoto(book_, IntentFor("DeletePhoto"), first));
  const auto later = SearchWith(book_, probe).value().search.candidates;
  EXPECT_EQ(later[1].entry.distance, found[1].entry.distance) << "a copy takes its place";
}

TEST_F(EnrolmentTest, ListsDistinctRecordsUpToTheNumberAskedFor) {
  for (int i = 0; i < 6; ++i) {
    Enrol(book_, RecordKind::kMissing, {{1, 10 + i}, {1, 20 + i}}).value();
  }
  const auto bytes = PhotoOf(1);
  const auto intake = EnrolRecord(book_, IntentFor("CreateRecord"),
                                  {.record = RecordOfKind(RecordKind::kStranded),
                                   .photos = {NewPhotoOf(bytes)},
                                   .max_candidates = 4})
                          .value();
  auto records = RecordsOf(*intake.search);
  EXPECT_THAT(records, SizeIs(4));
  std::ranges::sort(records);
  EXPECT_EQ(std::ranges::unique(records).size(), 0U);
}

TEST_F(EnrolmentTest, PutsRecordsAtEqualDistanceInTheOrderOfTheirStoring) {
  std::vector<RecordId> stored;
  for (int i = 0; i < 5; ++i) {
    stored.push_back(Enrol(book_, RecordKind::kMissing, {{1, 3}}).value().record.record.id);
  }
  const auto intake = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value();
  EXPECT_EQ(RecordsOf(*intake.search), stored);
}

TEST_F(EnrolmentTest, StoresAPhotoWithoutAFaceWithItsReason) {
  const auto bytes = PhotoOf(std::vector<SyntheticFace>());
  const auto stored = EnrolBytes(NewPhotoOf(bytes)).value();
  EXPECT_FALSE(stored.search);
  ASSERT_THAT(stored.photos, SizeIs(1));
  EXPECT_EQ(stored.photos[0].no_template_reason, NoTemplateReason::kFaceNotFound);
  EXPECT_THAT(stored.photos[0].faces, IsEmpty());
  EXPECT_EQ(stored.record.photo_count, 1);
}

TEST_F(EnrolmentTest, StoresAFaceThatCannotBeComparedWithReasonAndQuality) {
  const auto bytes = PhotoOf({{.identity = 1, .size_px = kTooSmallPx}});
  const auto stored = EnrolBytes(NewPhotoOf(bytes)).value();
  EXPECT_FALSE(stored.search);
  EXPECT_EQ(stored.photos[0].no_template_reason, NoTemplateReason::kFaceNotUsable);
  ASSERT_THAT(stored.photos[0].faces, SizeIs(1));
  EXPECT_THAT(stored.photos[0].faces[0].templates, IsEmpty());
  EXPECT_FALSE(stored.photos[0].faces[0].face.quality.flags.empty());
}

TEST_F(EnrolmentTest, CountsRecordsWithoutUsableFaceAsNotCompared) {
  const auto bytes = PhotoOf(std::vector<SyntheticFace>());
  EnrolBytes(NewPhotoOf(bytes)).value();
  Enrol(book_, RecordKind::kStranded, {}).value();
  const auto intake = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value();
  EXPECT_EQ(intake.search->search.comparison.searchable, 2);
  EXPECT_EQ(intake.search->search.comparison.no_usable_face, 2);
  EXPECT_EQ(intake.search->search.comparison.compared, 0);
}

TEST_F(EnrolmentTest, StoresARecordWithoutPhotos) {
  const auto stored = Enrol(book_, RecordKind::kMissing, {}).value();
  EXPECT_FALSE(stored.search);
  EXPECT_TRUE(book_.store().FindRecord(stored.record.record.id).value());
}

TEST_F(EnrolmentTest, AsksForABoxWhereSeveralFacesCouldBeMeant) {
  const auto good = PhotoOf(9);
  const auto crowd = PhotoOf({{.identity = 1, .at = {8, 8}, .size_px = 64},
                              {.identity = 2, .at = {120, 8}, .size_px = 96}});
  const auto refused = EnrolRecord(book_, IntentFor("CreateRecord"),
                                   {.record = RecordOfKind(RecordKind::kStranded),
                                    .photos = {NewPhotoOf(good), NewPhotoOf(crowd)}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kSeveralFaces);
  EXPECT_EQ(refused.error().metadata.at("face_count"), "2");
  EXPECT_EQ(refused.error().metadata.at("photo_index"), "1");
  const std::string boxes = refused.error().metadata.at("boxes");
  EXPECT_EQ(std::ranges::count(boxes, ';'), 1);
  EXPECT_EQ(std::ranges::count(boxes, ','), 6);
  EXPECT_EQ(book_.store().LastChange().value(), 0);
  EXPECT_EQ(folder_.StoredPhotoCount(), 0);
}

TEST_F(EnrolmentTest, EnrolsTheFaceInTheChosenBox) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto crowd = PhotoOf({{.identity = 1, .at = {8, 8}, .size_px = 64},
                              {.identity = 2, .at = {120, 8}, .size_px = 96}});
  NewPhoto photo = NewPhotoOf(crowd);
  photo.shown.face_box = cv::Rect2f(10, 10, 60, 60);
  const auto intake = EnrolBytes(photo).value();
  EXPECT_THAT(intake.photos[0].faces, SizeIs(1));
  EXPECT_THAT(RecordsOf(*intake.search), ElementsAre(report.record.record.id));
  EXPECT_FALSE(intake.search->search.no_candidate);
}

TEST_F(EnrolmentTest, TakesTheLargestFaceWhereTheCallerVouchesForOnePerson) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{2, 0}}).value();
  const auto crowd = PhotoOf({{.identity = 1, .at = {8, 8}, .size_px = 64},
                              {.identity = 2, .at = {120, 8}, .size_px = 96}});
  NewPhoto photo = NewPhotoOf(crowd);
  photo.shown.single_face = true;
  const auto intake = EnrolBytes(photo).value();
  EXPECT_FALSE(intake.search->search.no_candidate);
  EXPECT_THAT(RecordsOf(*intake.search), ElementsAre(report.record.record.id));
}

TEST_F(EnrolmentTest, StoresWhatSomebodyBoxedAndTheMachineCannotSee) {
  const auto bytes = PhotoOf(1);
  NewPhoto photo = NewPhotoOf(bytes);
  photo.shown.face_box = cv::Rect2f(180, 10, 40, 40);
  const auto stored = EnrolBytes(photo).value();
  EXPECT_EQ(stored.photos[0].no_template_reason, NoTemplateReason::kFaceNotUsable);
}

TEST_F(EnrolmentTest, RefusesABoxOutsideThePhoto) {
  const auto bytes = PhotoOf(1);
  for (const cv::Rect2f& box : {cv::Rect2f(900, 900, 10, 10), cv::Rect2f(20, 20, 0, 10),
                                cv::Rect2f(20, 20, std::nanf(""), 10)}) {
    NewPhoto photo = NewPhotoOf(bytes);
    photo.shown.face_box = box;
    EXPECT_EQ(ReasonOf(EnrolBytes(photo)), Reason::kFaceBoxUnmatched) << box;
  }
  EXPECT_EQ(book_.store().LastChange().value(), 0);
}

TEST_F(EnrolmentTest, RefusesWhatIsNoPhotoAndStoresNothing) {
  const std::vector<std::uint8_t> text{'h', 'e', 'l', 'l', 'o'};
  EXPECT_EQ(ReasonOf(EnrolBytes(NewPhotoOf({}))), Reason::kPhotoEmpty);
  EXPECT_EQ(ReasonOf(EnrolBytes(NewPhotoOf(text))), Reason::kPhotoFormatUnsupported);
  EXPECT_EQ(folder_.StoredPhotoCount(), 0);
  EXPECT_EQ(book_.store().LastChange().value(), 0);
}

TEST_F(EnrolmentTest, RefusesMorePhotosOrBytesThanOneCallMayBring) {
  const auto bytes = PhotoOf(1);
  NewRecord many{.record = RecordOfKind(RecordKind::kStranded),
                 .photos = std::vector(6, NewPhotoOf(bytes))};
  const auto refused = EnrolRecord(book_, IntentFor("CreateRecord"), many);
  EXPECT_EQ(ReasonOf(refused), Reason::kRequestTooLarge);
  EXPECT_EQ(refused.error().metadata.at("limit"), "5");

  const std::vector<std::uint8_t> big(13u << 20);
  NewRecord heavy{.record = RecordOfKind(RecordKind::kStranded),
                  .photos = {NewPhotoOf(big), NewPhotoOf(big)}};
  const auto refused_too = EnrolRecord(book_, IntentFor("CreateRecord"), heavy);
  EXPECT_EQ(ReasonOf(refused_too), Reason::kRequestTooLarge);
  EXPECT_EQ(refused_too.error().metadata.at("limit"), "26214400");
}

TEST_F(EnrolmentTest, RefusesAPhotoForARecordThatIsNotThere) {
  EXPECT_EQ(ReasonOf(AddPhoto(book_, RecordId{}, 1, 0)), Reason::kRecordNotFound);
  const auto erased = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value().record.record.id;
  Erase(book_, erased).value();
  EXPECT_EQ(ReasonOf(AddPhoto(book_, erased, 1, 0)), Reason::kRecordNotFound);
  EXPECT_EQ(folder_.StoredPhotoCount(), 0);
}

TEST_F(EnrolmentTest, AddsAPhotoAndSearchesWithItsFaceAlone) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{4, 0}}).value();
  const auto intake = Enrol(book_, RecordKind::kStranded, {{5, 0}}).value();
  const auto added = AddPhoto(book_, intake.record.record.id, 4, 1).value();
  EXPECT_FALSE(added.search->search.no_candidate);
  EXPECT_EQ(added.search->search.probe_photo, added.photos[0].id);
  EXPECT_EQ(RecordsOf(*added.search), std::vector{report.record.record.id});
  EXPECT_EQ(added.record.photo_count, 2);
  EXPECT_NE(EtagOf(added.record.record), EtagOf(intake.record.record));
}

TEST_F(EnrolmentTest, GivesUpWhenTheCallerGoesAway) {
  const auto bytes = PhotoOf(1);
  for (int steps = 0; steps < 3; ++steps) {
    Intent intent = IntentFor("CreateRecord");
    intent.cancelled = [left = steps]() mutable { return left-- <= 0; };
    EXPECT_EQ(ReasonOf(EnrolRecord(
                  book_, intent,
                  {.record = RecordOfKind(RecordKind::kStranded), .photos = {NewPhotoOf(bytes)}})),
              Reason::kCancelled);
  }
  EXPECT_EQ(folder_.StoredPhotoCount(), 0);
  EXPECT_EQ(book_.store().LastChange().value(), 0);
}

TEST_F(EnrolmentTest, SurvivesARestartWithEverythingItAnswered) {
  const auto stored = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value();
  folder_.Reopen();
  Casebook& book = folder_.book();
  EXPECT_EQ(book.store().FindRecord(stored.record.record.id).value(), stored.record.record);
  const PhotoName name{stored.record.record.id, stored.photos[0].id};
  EXPECT_TRUE(DownloadPhoto(book, name, PhotoView::kUpright));
  const auto report = Enrol(book, RecordKind::kMissing, {{1, 1}}).value();
  EXPECT_THAT(RecordsOf(*report.search), ElementsAre(stored.record.record.id));
}

}  // namespace
}  // namespace homeward
