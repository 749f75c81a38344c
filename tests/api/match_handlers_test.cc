#include "server/api/match_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/api/record_handlers.h"
#include "tests/api/handler_calls.h"

namespace homeward {
namespace {

using namespace homeward::testing;

class MatchHandlersTest : public ::testing::Test {
 protected:
  v1::CreateRecordResponse Create(v1::RecordKind kind,
                                  const std::vector<std::pair<int, int>>& faces) {
    return records_.CreateRecord(CallOf("CreateRecord"), CreateRequest(kind, faces)).value();
  }
  static v1::SearchFacesRequest SearchFor(const std::vector<std::uint8_t>& bytes) {
    v1::SearchFacesRequest request;
    SetBytes(bytes, request.mutable_photo());
    request.set_purpose("identify");
    return request;
  }
  Result<v1::SearchFacesResponse> Search(const v1::SearchFacesRequest& request) {
    return handlers_.SearchFaces(CallOf("SearchFaces"), request);
  }
  Result<v1::Search> Get(const std::string& name) {
    v1::GetSearchRequest request;
    request.set_name(name);
    return handlers_.GetSearch(CallOf("GetSearch"), request);
  }
  void Erase(const std::string& name) {
    v1::EraseRecordRequest request;
    request.set_name(name);
    request.set_reason("asked for");
    records_.EraseRecord(CallOf("EraseRecord"), request).value();
  }

  CasebookFolder folder_;
  RecordHandlers records_{folder_.book()};
  MatchHandlers handlers_{folder_.book()};
};

TEST_F(MatchHandlersTest, SearchesWithAPhotoShown) {
  const auto near = Create(v1::MISSING, {{1, 3}});
  Create(v1::STRANDED, {{2, 0}});
  const auto answer = Search(SearchFor(PhotoOf(1))).value();
  EXPECT_EQ(answer.search().origin(), v1::AD_HOC);
  EXPECT_EQ(answer.search().probe(), "");
  ASSERT_EQ(answer.search().candidates_size(), 2);
  EXPECT_EQ(answer.search().candidates(0).record(), near.record().name());
  EXPECT_EQ(answer.search().candidates(1).rank(), 2);
  EXPECT_FALSE(answer.search().no_candidate());
  EXPECT_TRUE(answer.probe_face().usable());
  EXPECT_EQ(answer.probe_face().landmarks_size(), 5);
  EXPECT_EQ(Get(answer.search().name()).value().DebugString(), answer.search().DebugString());
}

TEST_F(MatchHandlersTest, SearchesWithWhatIsStored) {
  const auto stored = Create(v1::MISSING, {{1, 0}});
  const auto other = Create(v1::STRANDED, {{1, 1}});
  v1::SearchFacesRequest request;
  request.set_purpose("again");
  request.set_stored_photo(stored.photos(0).name());
  const auto by_photo = Search(request).value();
  EXPECT_EQ(by_photo.search().probe(), stored.photos(0).name());
  request.set_stored_record(stored.record().name());
  const auto by_record = Search(request).value();
  EXPECT_EQ(by_record.search().probe(), stored.record().name());
  for (const auto& answer : {by_photo, by_record}) {
    ASSERT_EQ(answer.search().candidates_size(), 1);
    EXPECT_EQ(answer.search().candidates(0).record(), other.record().name());
    ASSERT_EQ(answer.search().comparison().not_compared_size(), 1);
    EXPECT_EQ(answer.search().comparison().not_compared(0).reason(), v1::OWN_RECORD);
    EXPECT_FALSE(answer.has_probe_face());
  }
  request.set_stored_record("records/nobody");
  EXPECT_EQ(ReasonOf(Search(request)), Reason::kRecordNotFound);
  request.set_stored_photo("records/nobody");
  EXPECT_EQ(ReasonOf(Search(request)), Reason::kPhotoNotFound);
  request.clear_query();
  EXPECT_EQ(ReasonOf(Search(request)), Reason::kFieldMissing);
}

TEST_F(MatchHandlersTest, AccountsForWhatWasNotCompared) {
  Create(v1::MISSING, {{1, 0}});
  Create(v1::MISSING, {});
  Create(v1::STRANDED, {{3, 0}});
  auto request = SearchFor(PhotoOf(1));
  auto& filter = *request.mutable_filter();
  filter.add_kinds(v1::MISSING);
  filter.add_region_codes("410000");
  filter.add_units("unit");
  filter.set_sex(v1::MALE);
  filter.set_age_min(0);
  filter.set_age_max(130);
  filter.mutable_event_date_min()->set_year(2020);
  filter.mutable_event_date_max()->set_year(2026);
  const auto search = Search(request).value().search();
  EXPECT_EQ(search.filter().DebugString(), filter.DebugString());
  const auto& comparison = search.comparison();
  std::int64_t not_compared = 0;
  for (const auto& each : comparison.not_compared()) not_compared += each.count();
  EXPECT_EQ(comparison.searchable_count(), 3);
  EXPECT_EQ(comparison.compared_count() + not_compared, 3);
}

TEST_F(MatchHandlersTest, RefusesBadFilters) {
  const auto reason = [&](auto change) {
    auto request = SearchFor(PhotoOf(1));
    change(*request.mutable_filter());
    return ReasonOf(Search(request));
  };
  EXPECT_EQ(reason([](auto& f) { f.add_kinds(v1::RECORD_KIND_UNSPECIFIED); }),
            Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& f) { f.add_kinds(static_cast<v1::RecordKind>(4)); }),
            Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& f) { f.set_sex(static_cast<v1::Sex>(9)); }), Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& f) { f.add_region_codes("4109"); }), Reason::kRegionCodeInvalid);
  EXPECT_EQ(reason([](auto& f) { f.set_age_min(200); }), Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& f) { f.mutable_event_date_min()->set_day(3); }), Reason::kFieldInvalid);
}

TEST_F(MatchHandlersTest, NeedsAPurpose) {
  auto request = SearchFor(PhotoOf(1));
  request.clear_purpose();
  EXPECT_EQ(ReasonOf(Search(request)), Reason::kPurposeMissing);
}

TEST_F(MatchHandlersTest, AnswersARepeatedSearchAlike) {
  Create(v1::MISSING, {{1, 3}});
  auto request = SearchFor(PhotoOf(1));
  request.set_request_id("id");
  const auto first = Search(request).value();
  Create(v1::MISSING, {{1, 0}});
  EXPECT_EQ(Search(request).value().DebugString(), first.DebugString());
  request.set_max_candidate_count(3);
  EXPECT_EQ(ReasonOf(Search(request)), Reason::kRequestIdReused);
}

TEST_F(MatchHandlersTest, TellsNothingOfAnErasedCandidateButThatItWasOne) {
  auto report = CreateRequest(v1::MISSING, {{1, 0}});
  report.mutable_record()->mutable_person()->set_claimed_name("李华");
  report.mutable_record()->set_unit("puyang");
  const auto stored = records_.CreateRecord(CallOf("CreateRecord"), report).value();
  const auto search = Search(SearchFor(PhotoOf(1))).value().search();
  Erase(stored.record().name());
  const auto candidate = Get(search.name()).value().candidates(0);
  v1::Candidate expected;
  expected.set_rank(1);
  expected.set_record(stored.record().name());
  expected.set_distance(search.candidates(0).distance());
  expected.set_above_operating_point(true);
  expected.set_erased(true);
  EXPECT_EQ(candidate.DebugString(), expected.DebugString());
}

TEST_F(MatchHandlersTest, SearchesTheFolderPhotoByPhoto) {
  const auto stored = Create(v1::MISSING, {{1, 0}});
  v1::StreamFaceSearchesConfig config;
  EXPECT_EQ(ReasonOf(handlers_.CheckStream(CallOf("StreamFaceSearches"), config)),
            Reason::kPurposeMissing);
  config.set_purpose("folder");
  config.set_case_reference("case 1");
  config.mutable_filter()->add_kinds(v1::MISSING);
  EXPECT_TRUE(handlers_.CheckStream(CallOf("StreamFaceSearches"), config));
  config.mutable_filter()->add_region_codes("x");
  EXPECT_EQ(ReasonOf(handlers_.CheckStream(CallOf("StreamFaceSearches"), config)),
            Reason::kRegionCodeInvalid);
  config.mutable_filter()->clear_region_codes();

  const auto search = [&](const v1::StreamedPhoto& photo) {
    return handlers_.SearchStreamedPhoto(CallOf("StreamFaceSearches"), config, photo);
  };
  v1::StreamedPhoto photo;
  EXPECT_EQ(ReasonOf(search(photo)), Reason::kFieldMissing);
  photo.set_photo_id("a.jpg");
  EXPECT_EQ(ReasonOf(search(photo)), Reason::kFieldMissing);
  SetBytes(PhotoOf(std::vector<SyntheticFace>()), photo.mutable_photo());
  EXPECT_EQ(ReasonOf(search(photo)), Reason::kNoFaceFound);
  SetBytes(PhotoOf(1, 2), photo.mutable_photo());
  photo.set_request_id("a");
  const auto answer = search(photo).value();
  EXPECT_EQ(answer.search().origin(), v1::FOLDER);
  EXPECT_EQ(answer.search().purpose(), "folder");
  EXPECT_EQ(answer.search().case_reference(), "case 1");
  EXPECT_EQ(answer.search().candidates(0).record(), stored.record().name());
  EXPECT_EQ(search(photo).value().search().name(), answer.search().name());
  config.set_purpose("another");
  EXPECT_EQ(ReasonOf(search(photo)), Reason::kRequestIdReused);
  photo.set_photo_id(std::string(501, 'x'));
  EXPECT_EQ(ReasonOf(search(photo)), Reason::kFieldInvalid);
}

TEST_F(MatchHandlersTest, ComparesTwoFaces) {
  v1::CompareFacesRequest request;
  request.set_purpose("check");
  EXPECT_EQ(ReasonOf(handlers_.CompareFaces(CallOf("CompareFaces"), request)),
            Reason::kFieldMissing);
  SetBytes(PhotoOf(1), request.mutable_first());
  EXPECT_EQ(ReasonOf(handlers_.CompareFaces(CallOf("CompareFaces"), request)),
            Reason::kFieldMissing);
  SetBytes(PhotoOf(1, 3), request.mutable_second());
  const auto answer = handlers_.CompareFaces(CallOf("CompareFaces"), request).value();
  EXPECT_NEAR(answer.distance(), 0.15, 1e-5);
  EXPECT_TRUE(answer.above_operating_point());
  EXPECT_EQ(answer.space(), "synthetic");
  EXPECT_EQ(answer.operating_point().name(), "operatingPoints/synthetic");
  EXPECT_TRUE(answer.first_face().usable());
  EXPECT_TRUE(answer.second_face().usable());
  request.clear_purpose();
  EXPECT_EQ(ReasonOf(handlers_.CompareFaces(CallOf("CompareFaces"), request)),
            Reason::kPurposeMissing);
}

TEST_F(MatchHandlersTest, ShowsEveryFaceOfAPhotoAndStoresNothing) {
  v1::AnalyzePhotoRequest request;
  EXPECT_EQ(ReasonOf(handlers_.AnalyzePhoto(CallOf("AnalyzePhoto"), request)), Reason::kPhotoEmpty);
  const auto bytes = PhotoOf({{.identity = 1, .at = {8, 8}, .size_px = kTooSmallPx},
                              {.identity = 2, .at = {120, 8}, .size_px = 96}});
  request.set_data(bytes.data(), bytes.size());
  const auto answer = handlers_.AnalyzePhoto(CallOf("AnalyzePhoto"), request).value();
  ASSERT_EQ(answer.faces_size(), 2);
  EXPECT_NEAR(answer.faces(0).box().x_px(), 120, 2);
  EXPECT_TRUE(answer.faces(0).usable());
  EXPECT_FALSE(answer.faces(1).usable());
  EXPECT_NE(answer.faces(1).quality().flags_size(), 0);
  EXPECT_EQ(answer.width_px(), 256);
  EXPECT_EQ(answer.height_px(), 128);
  EXPECT_EQ(folder_.StoredPhotoCount(), 0);
}

TEST_F(MatchHandlersTest, ListsSearchesNewestFirstWithoutCandidates) {
  Create(v1::MISSING, {{1, 0}});
  const auto search = Search(SearchFor(PhotoOf(1))).value().search();
  v1::ListSearchesRequest request;
  request.set_page_size(1);
  const auto first = handlers_.ListSearches(CallOf("ListSearches"), request).value();
  ASSERT_EQ(first.searches_size(), 1);
  EXPECT_EQ(first.searches(0).name(), search.name());
  EXPECT_EQ(first.searches(0).candidates_size(), 0);
  EXPECT_FALSE(first.searches(0).no_candidate());
  request.set_page_token(first.next_page_token());
  const auto last = handlers_.ListSearches(CallOf("ListSearches"), request).value();
  EXPECT_EQ(last.searches_size(), 1);
  EXPECT_EQ(last.next_page_token(), "");
  request.set_case_reference("other");
  EXPECT_EQ(ReasonOf(handlers_.ListSearches(CallOf("ListSearches"), request)),
            Reason::kPageTokenInvalid);
}

TEST_F(MatchHandlersTest, FindsNoSearchUnderANameThatNamesNone) {
  EXPECT_EQ(ReasonOf(Get("")), Reason::kSearchNotFound);
  EXPECT_EQ(ReasonOf(Get("searches/" + SearchId{}.ToString())), Reason::kSearchNotFound);
}

}  // namespace
}  // namespace homeward
