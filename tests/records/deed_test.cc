#include "server/records/deed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "server/records/photo_book.h"
#include "server/records/stays.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DeedTest : public ::testing::Test {
 protected:
  std::size_t RecordCount() {
    return folder_.book().store().ListRecords({}, {.size = 100}).value().size();
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

void ExpectSameAnswer(const Enrolment& one, const Enrolment& other) {
  EXPECT_EQ(one.record.record, other.record.record);
  ASSERT_EQ(one.photos.size(), other.photos.size());
  for (std::size_t i = 0; i < one.photos.size(); ++i) {
    EXPECT_EQ(one.photos[i].id, other.photos[i].id);
  }
  ASSERT_EQ(one.search.has_value(), other.search.has_value());
  if (!one.search) return;
  EXPECT_EQ(one.search->search.id, other.search->search.id);
  EXPECT_EQ(one.search->search.comparison, other.search->search.comparison);
  EXPECT_EQ(RecordsOf(*one.search), RecordsOf(*other.search));
}

TEST_F(DeedTest, AnswersARepeatedEnrolmentFromTheStoreAlsoAfterARestart) {
  Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto first = Enrol(book_, RecordKind::kStranded, {{1, 3}, {2, 0}}, "intake-1").value();
  Enrol(book_, RecordKind::kMissing, {{2, 0}}).value();

  ExpectSameAnswer(first,
                   Enrol(book_, RecordKind::kStranded, {{1, 3}, {2, 0}}, "intake-1").value());
  folder_.Reopen();
  ExpectSameAnswer(
      first, Enrol(folder_.book(), RecordKind::kStranded, {{1, 3}, {2, 0}}, "intake-1").value());
  EXPECT_EQ(RecordCount(), 3U);
  EXPECT_EQ(folder_.StoredPhotoCount(), 4);
}

TEST_F(DeedTest, AnswersARepetitionWithoutLookingAtThePhoto) {
  const auto first = Enrol(book_, RecordKind::kStranded, {{1, 0}}, "intake-1").value();
  // Equal content is known by the digest, which the caller of records/ computes: here none is.
  const std::vector<std::uint8_t> not_a_photo{1, 2, 3};
  const auto again = EnrolRecord(
      book_, IntentFor("CreateRecord", "intake-1"),
      {.record = RecordOfKind(RecordKind::kStranded), .photos = {NewPhotoOf(not_a_photo)}});
  ASSERT_TRUE(again) << again.error().message;
  ExpectSameAnswer(first, *again);
}

TEST_F(DeedTest, MakesOneRecordOfTheSameRequestSentManyTimesAtOnce) {
  std::vector<Enrolment> answers(6);
  std::vector<std::thread> threads;
  for (auto& answer : answers) {
    threads.emplace_back(
        [&] { answer = Enrol(book_, RecordKind::kStranded, {{1, 0}}, "intake-1").value(); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& answer : answers) ExpectSameAnswer(answers[0], answer);
  EXPECT_EQ(RecordCount(), 1U);
  EXPECT_EQ(folder_.StoredPhotoCount(), 1);
  EXPECT_THAT(book_.store().ListSearches("", {}).value(), SizeIs(1));
}

TEST_F(DeedTest, RefusesARequestIdThatWasUsedForSomethingElse) {
  const auto stored = Enrol(book_, RecordKind::kStranded, {{1, 0}}, "id").value();
  Intent other_content = IntentFor("CreateRecord", "id");
  other_content.digest.fill(9);
  EXPECT_EQ(ReasonOf(EnrolRecord(book_, other_content,
                                 {.record = RecordOfKind(RecordKind::kStranded), .photos = {}})),
            Reason::kRequestIdReused);
  EXPECT_EQ(ReasonOf(Erase(book_, stored.record.record.id, "id")), Reason::kRequestIdReused);
  EXPECT_EQ(ReasonOf(AddPhoto(book_, stored.record.record.id, 1, 1, "id")),
            Reason::kRequestIdReused);
  EXPECT_EQ(RecordCount(), 1U);
}

TEST_F(DeedTest, KeepsTheRequestIdsOfCallersApart) {
  Enrol(book_, RecordKind::kStranded, {}, "id").value();
  Intent intent = IntentFor("CreateRecord", "id");
  intent.caller = "police";
  EXPECT_TRUE(
      EnrolRecord(book_, intent, {.record = RecordOfKind(RecordKind::kStranded), .photos = {}}));
  EXPECT_EQ(RecordCount(), 2U);
}

TEST_F(DeedTest, LeavesOutOfARepeatedAnswerWhatWasErasedSince) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto first = Enrol(book_, RecordKind::kStranded, {{1, 1}}, "id").value();
  Erase(book_, report.record.record.id).value();
  auto again = Enrol(book_, RecordKind::kStranded, {{1, 1}}, "id").value();
  ASSERT_THAT(again.search->candidates, SizeIs(1));
  EXPECT_FALSE(again.search->candidates[0].record);
  EXPECT_FALSE(again.search->candidates[0].photo_is_there);

  Erase(book_, first.record.record.id).value();
  again = Enrol(book_, RecordKind::kStranded, {{1, 1}}, "id").value();
  EXPECT_EQ(again.record.record.state, RecordState::kErased);
  EXPECT_EQ(again.record.record.person, Person());
  EXPECT_THAT(again.photos, IsEmpty());
}

TEST_F(DeedTest, RepeatsNoChangeOfAnyKind) {
  const auto one = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value();
  const auto two = Enrol(book_, RecordKind::kStranded, {{2, 0}}).value();
  const RecordId id = one.record.record.id;
  const RecordId other = two.record.record.id;
  const auto edit = [](Record record) -> Result<Record> {
    record.unit += "x";
    return record;
  };
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(UpdateRecord(book_, IntentFor("UpdateRecord", "1"), id, "", edit).value().record.unit,
              "x");
    EXPECT_THAT(LinkStays(book_, IntentFor("LinkStays", "2"), id, other).value().linked_stays,
                SizeIs(1));
    EXPECT_EQ(AddPhoto(book_, id, 3, 0, "3").value().record.photo_count, 2);
  }
  for (int time = 0; time < 2; ++time) {
    EXPECT_THAT(UnlinkStays(book_, IntentFor("UnlinkStays", "4"), id, other).value().linked_stays,
                IsEmpty());
    EXPECT_TRUE(DeletePhoto(book_, IntentFor("DeletePhoto", "5"), {id, one.photos[0].id}));
  }
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(Erase(book_, id, "6").value().record.state, RecordState::kErased);
  }
  EXPECT_EQ(RecordCount(), 1U);
}

TEST_F(DeedTest, ChangesNothingWhenItsActFails) {
  const auto failed =
      Perform(book_, IntentFor("CreateRecord", "id"), [&](UnitOfWork& unit) -> Result<Deed> {
        Record record = RecordOfKind(RecordKind::kStranded);
        record.id = RecordId{book_.ids().Next()};
        unit.AddRecord(record).value();
        return Fail(Reason::kTooManyPhotos, "no");
      });
  EXPECT_EQ(ReasonOf(failed), Reason::kTooManyPhotos);
  EXPECT_EQ(RecordCount(), 0U);
  EXPECT_TRUE(Enrol(book_, RecordKind::kStranded, {}, "id"));
}

TEST_F(DeedTest, EndsTheProcessRatherThanLetTheGalleryFallBehind) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto publish_nonsense = [&] {
    static_cast<void>(Perform(book_, IntentFor("X"), [&](UnitOfWork& unit) -> Result<Deed> {
      Record record = RecordOfKind(RecordKind::kStranded);
      record.id = RecordId{book_.ids().Next()};
      unit.AddRecord(record).value();
      Deed deed;
      deed.gallery.add_faces.push_back({record.id, {}, {}, {}});
      return deed;
    }));
  };
  EXPECT_DEATH(publish_nonsense(), "cannot follow change");
}

}  // namespace
}  // namespace homeward
