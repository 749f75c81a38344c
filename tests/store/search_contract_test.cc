#include <gmock/gmock.h>

#include "tests/store/store_contract.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<SearchId> IdsOf(const std::vector<SequencedSearch>& searches) {
  std::vector<SearchId> ids;
  for (const SequencedSearch& each : searches) ids.push_back(each.search.id);
  return ids;
}

TEST_P(StoreContractTest, FindsASearchAsItWasAdded) {
  SearchEntry plain;
  plain.id = samples().NewId<SearchId>();
  for (const SearchEntry& search : {samples().NewSearch("case 1"), plain}) {
    Do([&](UnitOfWork& work) { Must(work.AddSearch(search)); });
    EXPECT_EQ(Describe(*Must(store().FindSearch(search.id))), Describe(search));
  }
  EXPECT_FALSE(Must(store().FindSearch(samples().NewId<SearchId>())).has_value());
}

TEST_P(StoreContractTest, ListsSearchesNewestFirstWithoutCandidates) {
  std::vector<SearchEntry> searches;
  for (const char* case_reference : {"a", "b", "a", "", "a"}) {
    searches.push_back(samples().NewSearch(case_reference));
  }
  Do([&](UnitOfWork& work) {
    for (const SearchEntry& search : searches) Must(work.AddSearch(search));
  });
  const auto all = Must(store().ListSearches("", {}));
  EXPECT_THAT(IdsOf(all), ElementsAre(searches[4].id, searches[3].id, searches[2].id,
                                      searches[1].id, searches[0].id));
  SearchEntry listed = searches[2];
  listed.candidates.clear();
  EXPECT_EQ(Describe(all[2].search), Describe(listed));
  EXPECT_THAT(IdsOf(Must(store().ListSearches("", {.size = 2, .before = all[1].sequence}))),
              ElementsAre(searches[2].id, searches[1].id));
}

TEST_P(StoreContractTest, ListsTheSearchesOfOneCaseInPages) {
  std::vector<SearchEntry> searches;
  for (const char* case_reference : {"a", "b", "a", "", "a"}) {
    searches.push_back(samples().NewSearch(case_reference));
    Do([&](UnitOfWork& work) { Must(work.AddSearch(searches.back())); });
  }
  const auto newest = Must(store().ListSearches("a", {.size = 2}));
  EXPECT_THAT(IdsOf(newest), ElementsAre(searches[4].id, searches[2].id));
  EXPECT_THAT(IdsOf(Must(store().ListSearches("a", {.size = 2, .before = newest[1].sequence}))),
              ElementsAre(searches[0].id));
  EXPECT_THAT(Must(store().ListSearches("c", {})), IsEmpty());
}

TEST_P(StoreContractTest, KeepsSearchesWhoseProbeAndCandidatesAreErased) {
  const RecordId probe = Add(RecordKind::kStranded).id;
  const RecordId candidate = Add(RecordKind::kMissing).id;
  SearchEntry search = samples().NewSearch("case 1");
  search.probe_record = probe;
  search.candidates[0].record = candidate;
  Do([&](UnitOfWork& work) { Must(work.AddSearch(search)); });
  Erase(probe);
  Erase(candidate);
  EXPECT_EQ(Describe(*Must(store().FindSearch(search.id))), Describe(search));
}

TEST_P(StoreContractTest, RemembersWhatARequestWasUsedForByCaller) {
  const RequestEntry request = samples().NewRequest("station", "r1");
  RequestEntry bare = samples().NewRequest("police", "r1");
  bare.record.reset();
  bare.search.reset();
  bare.photos.clear();
  Do([&](UnitOfWork& work) {
    Must(work.RememberRequest(request));
    Must(work.RememberRequest(bare));
  });
  EXPECT_EQ(Describe(*Must(store().FindRequest("station", "r1"))), Describe(request));
  EXPECT_EQ(Describe(*Must(store().FindRequest("police", "r1"))), Describe(bare));
  EXPECT_FALSE(Must(store().FindRequest("station", "r2")).has_value());
}

TEST_P(StoreContractTest, RefusesARequestIdUsedBeforeAndKeepsTheFirst) {
  const RequestEntry first = samples().NewRequest("station", "r1");
  Do([&](UnitOfWork& work) { Must(work.RememberRequest(first)); });
  Do([&](UnitOfWork& work) {
    EXPECT_EQ(Outcome(work.RememberRequest(samples().NewRequest("station", "r1"))),
              "REQUEST_ID_REUSED");
  });
  EXPECT_EQ(Describe(*Must(store().FindRequest("station", "r1"))), Describe(first));
}

TEST_P(StoreContractTest, RemembersRequestsWhoseRecordIsErased) {
  RequestEntry request = samples().NewRequest("station", "r1");
  request.record = Add(RecordKind::kStranded).id;
  Do([&](UnitOfWork& work) { Must(work.RememberRequest(request)); });
  Erase(*request.record);
  EXPECT_EQ(Describe(*Must(store().FindRequest("station", "r1"))), Describe(request));
}

}  // namespace
}  // namespace homeward
