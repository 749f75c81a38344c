#include "server/records/new_search.h"

#include <gmock/gmock.h>

#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class NewSearchTest : public ::testing::Test {
 protected:
  // A candidate that points at what was enrolled.
  static Candidate CandidateOf(const Enrolment& enrolled, double distance) {
    Candidate candidate;
    candidate.record = enrolled.record.record.id;
    candidate.photo = enrolled.photos.at(0).id;
    candidate.face = enrolled.photos.at(0).faces.at(0).id;
    candidate.distance = distance;
    return candidate;
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
  SearchEntry search_ =
      NewSearch(book_, IntentFor("SearchFaces"), SearchOrigin::kAdHoc, book_.operating_point());
};

// The index answers from memory: what was erased meanwhile is not shown, and leaves no hole.
TEST_F(NewSearchTest, LeavesOutWhatIsGoneAndCountsRanksWithoutAHole) {
  const auto first = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto gone = Enrol(book_, RecordKind::kMissing, {{2, 0}}).value();
  const auto last = Enrol(book_, RecordKind::kMissing, {{3, 0}}).value();
  SearchResult result;
  result.candidates = {CandidateOf(first, 0.1), CandidateOf(gone, 0.2), CandidateOf(last, 0.3)};
  Candidate other_face = CandidateOf(last, 0.4);
  other_face.face = first.photos[0].faces[0].id;  // not of this photo
  result.candidates.push_back(other_face);
  result.watermark = 3;
  Erase(book_, gone.record.record.id).value();

  EXPECT_EQ(AddResult(book_.store(), result, nullptr, {}, search_).value(), 2);
  ASSERT_THAT(search_.candidates, SizeIs(2));
  EXPECT_EQ(search_.candidates[0].record, first.record.record.id);
  EXPECT_EQ(search_.candidates[0].rank, 1);
  EXPECT_EQ(search_.candidates[1].record, last.record.record.id);
  EXPECT_EQ(search_.candidates[1].rank, 2);
  EXPECT_EQ(search_.change, 3);
}

TEST_F(NewSearchTest, HasNoCandidateWhereTheOnlyOneAboveThePointIsGone) {
  const auto gone = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto far = Enrol(book_, RecordKind::kMissing, {{2, 0}}).value();
  const double threshold = search_.operating_point.threshold;
  SearchResult result;
  result.candidates = {CandidateOf(gone, threshold), CandidateOf(far, threshold + 1e-9)};
  AddResult(book_.store(), result, nullptr, {}, search_).value();
  EXPECT_FALSE(search_.no_candidate) << "at the threshold is above it";
  Erase(book_, gone.record.record.id).value();
  AddResult(book_.store(), result, nullptr, {}, search_).value();
  EXPECT_TRUE(search_.no_candidate);
  EXPECT_THAT(search_.candidates, SizeIs(1)) << "a second answer takes the place of the first";
}

TEST_F(NewSearchTest, PutsNobodyForwardFromAChildToAnAdult) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto born = [&](int year) {
    UpdateRecord(book_, IntentFor("UpdateRecord"), report.record.record.id, "",
                 [&](Record record) -> Result<Record> {
                   record.person.birth_date = Date{year, 0, 0};
                   std::get<MissingDetails>(record.details).last_photo_date = Date{2000, 5, 1};
                   return record;
                 })
        .value();
  };
  SearchResult result;
  result.candidates = {CandidateOf(report, 0.01)};
  const ProbeFacts grown_up{.age_shown = AgeRange{25, 40}};
  born(1992);
  AddResult(book_.store(), result, nullptr, grown_up, search_).value();
  EXPECT_THAT(search_.candidates[0].flags, ElementsAre(AttributeFlag::kChildAndAdult));
  EXPECT_FALSE(search_.candidates[0].above_operating_point);
  EXPECT_TRUE(search_.no_candidate);
  AddResult(book_.store(), result, nullptr, {}, search_).value();
  EXPECT_FALSE(search_.no_candidate) << "nothing is known of the photo searched with";
  born(1986);
  AddResult(book_.store(), result, nullptr, grown_up, search_).value();
  EXPECT_FALSE(search_.no_candidate) << "13 or 14 in the photo";
}

TEST_F(NewSearchTest, FlagsWhatDiffersOnlyWhereSomebodyIsDescribed) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  UpdateRecord(book_, IntentFor("UpdateRecord"), report.record.record.id, "",
               [](Record record) -> Result<Record> {
                 record.person.claimed_name = "李华";
                 return record;
               })
      .value();
  SearchResult result;
  result.candidates = {CandidateOf(report, 0.1)};
  Record probe;
  probe.person.claimed_name = "王芳";
  AddResult(book_.store(), result, &probe, {}, search_).value();
  EXPECT_THAT(search_.candidates[0].flags, ElementsAre(AttributeFlag::kNameDiffers));
  AddResult(book_.store(), result, nullptr, {}, search_).value();
  EXPECT_THAT(search_.candidates[0].flags, SizeIs(0));
}

}  // namespace
}  // namespace homeward
