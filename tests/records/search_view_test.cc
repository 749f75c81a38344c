#include "server/records/search_view.h"

#include <gmock/gmock.h>

#include "server/records/photo_book.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::SizeIs;

class SearchViewTest : public ::testing::Test {
 protected:
  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

// A search tells what it found then; of the record it tells what is said now.
TEST_F(SearchViewTest, ShowsARecordAsItIsNowUnderTheDistanceOfThen) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const auto search = SearchWith(book_, PhotoOf(1, 3)).value().search;
  UpdateRecord(book_, IntentFor("UpdateRecord"), report.record.record.id, "",
               [](Record record) -> Result<Record> {
                 record.person.claimed_name = "改名";
                 return record;
               })
      .value();
  const auto view = FindView(book_.store(), search.search.id).value();
  ASSERT_THAT(view.candidates, SizeIs(1));
  EXPECT_EQ(view.candidates[0].record->person.claimed_name, "改名");
  EXPECT_EQ(view.candidates[0].entry.distance, search.candidates[0].entry.distance);
}

TEST_F(SearchViewTest, KeepsTheCandidateWhosePhotoAloneIsGone) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}, {1, 5}}).value();
  const auto search = SearchWith(book_, PhotoOf(1, 0)).value().search;
  const auto hit = search.candidates.at(0).entry.photo;
  DeletePhoto(book_, IntentFor("DeletePhoto"), {report.record.record.id, hit}).value();
  const auto view = FindView(book_.store(), search.search.id).value();
  ASSERT_THAT(view.candidates, SizeIs(1));
  EXPECT_TRUE(view.candidates[0].record);
  EXPECT_FALSE(view.candidates[0].photo_is_there);
  EXPECT_EQ(view.candidates[0].entry.photo, hit) << "the account of the search stays";
}

}  // namespace
}  // namespace homeward
