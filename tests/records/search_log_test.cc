#include "server/records/search_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SearchLogTest : public ::testing::Test {
 protected:
  SearchId Search(const std::string& case_reference) {
    Intent intent = IntentFor("SearchFaces");
    intent.case_reference = case_reference;
    const auto bytes = PhotoOf(1);
    const FaceQuery query{.probe = ShownPhoto{.bytes = bytes, .face_box = {}}, .criteria = {}};
    return SearchFaces(book_, intent, query).value().search.search.id;
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

TEST_F(SearchLogTest, HoldsEnrolmentsAndSearchesNewestFirst) {
  const auto enrolled = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const SearchId asked = Search("");
  const auto page = ListSearches(book_, {}).value();
  ASSERT_THAT(page.searches, SizeIs(2));
  EXPECT_EQ(page.searches[0].id, asked);
  EXPECT_EQ(page.searches[0].origin, SearchOrigin::kAdHoc);
  EXPECT_EQ(page.searches[1].id, enrolled.search->search.id);
  EXPECT_EQ(page.searches[1].origin, SearchOrigin::kEnrolment);
  EXPECT_THAT(page.searches[0].candidates, IsEmpty());
  EXPECT_EQ(page.next_page_token, "");
}

TEST_F(SearchLogTest, NarrowsToOneCase) {
  Search("one");
  const SearchId wanted = Search("two");
  const auto page =
      ListSearches(book_, {.case_reference = "two", .page_size = 0, .page_token = ""}).value();
  ASSERT_THAT(page.searches, SizeIs(1));
  EXPECT_EQ(page.searches[0].id, wanted);
}

TEST_F(SearchLogTest, VisitsEachSearchOnceWhileOthersAreMade) {
  std::set<SearchId> made;
  for (int i = 0; i < 5; ++i) made.insert(Search("case"));
  std::multiset<SearchId> visited;
  SearchQuery query{.case_reference = "case", .page_size = 2, .page_token = ""};
  do {
    const auto page = ListSearches(book_, query).value();
    for (const auto& each : page.searches) visited.insert(each.id);
    Search("case");
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  EXPECT_EQ(std::set(visited.begin(), visited.end()), made);
  EXPECT_EQ(visited.size(), made.size());
}

TEST_F(SearchLogTest, TakesAPageTokenOnlyForItsOwnCase) {
  Search("one");
  Search("one");
  SearchQuery query{.case_reference = "one", .page_size = 1, .page_token = ""};
  query.page_token = ListSearches(book_, query).value().next_page_token;
  query.case_reference = "";
  EXPECT_EQ(ReasonOf(ListSearches(book_, query)), Reason::kPageTokenInvalid);
}

TEST_F(SearchLogTest, ShowsASearchWithErasedCandidatesMarked) {
  const auto kept = Enrol(book_, RecordKind::kMissing, {{1, 1}}).value();
  const auto erased = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  const SearchId id = Search("");
  Erase(book_, erased.record.record.id).value();
  const auto view = FindView(book_.store(), id).value();
  ASSERT_THAT(view.candidates, SizeIs(2));
  EXPECT_FALSE(view.candidates[0].record);
  EXPECT_FALSE(view.candidates[0].photo_is_there);
  EXPECT_EQ(view.candidates[1].record->id, kept.record.record.id);
  EXPECT_TRUE(view.candidates[1].photo_is_there);
  EXPECT_EQ(ReasonOf(FindView(book_.store(), SearchId{})), Reason::kSearchNotFound);
}

}  // namespace
}  // namespace homeward
