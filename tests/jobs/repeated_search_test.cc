#include "server/jobs/repeated_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/jobs/service_caller.h"
#include "server/records/operating_point_book.h"
#include "server/records/search_log.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RepeatedSearchTest : public ::testing::Test {
 protected:
  Casebook& book() { return folder_.book(); }
  void Activate(const std::string& name, double threshold) {
    OperatingPointEntry entry;
    entry.point = {.name = name,
                   .space_id = SyntheticSpace().id,
                   .threshold = threshold,
                   .fpir = 0.01,
                   .gallery_size = 500,
                   .data = "made up",
                   .measured_on = "2026-11-20"};
    CreateOperatingPoint(book(), IntentFor("CreateOperatingPoint"), entry).value();
    ActivateOperatingPoint(book(), IntentFor("ActivateOperatingPoint"), name).value();
  }
  RepeatedSearches Repeat() {
    return RepeatSearches(book(), [] { return false; }).value();
  }
  // Those that the service made of itself, newest first.
  std::vector<SearchEntry> Made() {
    std::vector<SearchEntry> made;
    SearchPage page = ListSearches(book(), {}).value();
    for (SearchEntry& each : page.searches) {
      if (each.caller == kServiceCaller) made.push_back(std::move(each));
    }
    return made;
  }

  CasebookFolder folder_;
};

TEST_F(RepeatedSearchTest, DoesNothingBeforeAnyActivation) {
  Enrol(book(), RecordKind::kMissing, {{1, 0}}).value();
  EXPECT_EQ(Repeat().made, 0);
  EXPECT_THAT(Made(), IsEmpty());
}

TEST_F(RepeatedSearchTest, SearchesWithEveryOpenRecordOnTheNewPoint) {
  const auto missing = Enrol(book(), RecordKind::kMissing, {{1, 0}}).value().record.record.id;
  const auto stranded = Enrol(book(), RecordKind::kStranded, {{1, 3}}).value().record.record.id;
  const auto erased = Enrol(book(), RecordKind::kMissing, {{3, 0}}).value().record.record.id;
  Erase(book(), erased).value();
  Activate("strict", 1e-6);
  EXPECT_EQ(Repeat().made, 2);
  const auto made = Made();
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(made[0].probe_record, missing);
  EXPECT_EQ(made[1].probe_record, stranded);
  EXPECT_EQ(made[0].operating_point.name, "strict");
  EXPECT_EQ(made[0].purpose, "searched again: operating point strict");
  const auto view = FindView(book().store(), made[0].id).value();
  EXPECT_THAT(RecordsOf(view), ElementsAre(stranded));
  EXPECT_TRUE(view.search.no_candidate);
}

TEST_F(RepeatedSearchTest, ComparesOnlyWhatEnrolmentCompares) {
  Enrol(book(), RecordKind::kAtRisk, {{1, 0}}).value();
  Enrol(book(), RecordKind::kAtRisk, {{1, 1}}).value();
  Activate("new", 0.5);
  Repeat();
  for (const SearchEntry& search : Made()) EXPECT_EQ(search.comparison.compared, 0);
}

TEST_F(RepeatedSearchTest, GoesOnWhereItWasStoppedAlsoAfterARestart) {
  for (int i = 0; i < 5; ++i) Enrol(book(), RecordKind::kMissing, {{i, 0}}).value();
  Activate("new", 0.5);
  int asked = 0;
  const auto early = RepeatSearches(book(), [&] { return ++asked > 2; }).value();
  EXPECT_EQ(early.made, 2);
  folder_.Reopen();
  RestoreOperatingPoint(book()).value();
  EXPECT_EQ(Repeat().made, 3);
  EXPECT_EQ(Repeat().made, 0);
  EXPECT_EQ(Made().size(), 5u);
}

TEST_F(RepeatedSearchTest, BeginsAnewForEachActivation) {
  Enrol(book(), RecordKind::kMissing, {{1, 0}}).value();
  Activate("one", 0.5);
  EXPECT_EQ(Repeat().made, 1);
  folder_.clock().Advance(std::chrono::seconds(1));
  Activate("two", 0.4);
  EXPECT_EQ(Repeat().made, 1);
  folder_.clock().Advance(std::chrono::seconds(1));
  ActivateOperatingPoint(book(), IntentFor("ActivateOperatingPoint"), "one").value();
  EXPECT_EQ(Repeat().made, 1);
}

TEST_F(RepeatedSearchTest, OnScheduleSearchesOnceInEachPeriodWithWhatWasThereBefore) {
  constexpr std::chrono::days kPeriod{30};
  const auto run = [&] { return SearchOnSchedule(book(), kPeriod, [] { return false; }).value(); };
  Enrol(book(), RecordKind::kMissing, {{1, 0}}).value();
  EXPECT_EQ(run().made, 0) << "it was searched with when it was stored, in this period";
  folder_.clock().Advance(kPeriod);
  Enrol(book(), RecordKind::kStranded, {{1, 1}}).value();
  EXPECT_EQ(run().made, 1);
  EXPECT_EQ(run().made, 0);
  EXPECT_EQ(Made()[0].purpose, "searched again: on schedule");
  folder_.Reopen();
  EXPECT_EQ(run().made, 0);
  folder_.clock().Advance(kPeriod);
  EXPECT_EQ(run().made, 2);
}

TEST_F(RepeatedSearchTest, EndsWhenAnotherPointIsPutInForce) {
  for (int i = 0; i < 5; ++i) Enrol(book(), RecordKind::kMissing, {{i, 0}}).value();
  Activate("one", 0.5);
  int asked = 0;
  const auto overtaken = RepeatSearches(book(), [&] {
    if (++asked == 3) Activate("two", 0.4);
    return false;
  });
  EXPECT_EQ(overtaken.value().made, 2);
  EXPECT_EQ(Repeat().made, 5);
}

TEST_F(RepeatedSearchTest, LeavesOutWhatCannotBeSearchedWithAndWhatCameLater) {
  Enrol(book(), RecordKind::kMissing, {}).value();
  Activate("new", 0.5);
  folder_.clock().Advance(std::chrono::hours(1));
  Enrol(book(), RecordKind::kMissing, {{1, 0}}).value();
  const RepeatedSearches searches = Repeat();
  EXPECT_EQ(searches.made, 0);
  EXPECT_EQ(searches.left_out, 1);
}

TEST_F(RepeatedSearchTest, SearchesWithMoreRecordsThanOnePageHolds) {
  for (int i = 0; i < 105; ++i) Enrol(book(), RecordKind::kMissing, {{i, 0}}).value();
  Activate("new", 0.5);
  EXPECT_EQ(Repeat().made, 105);
}

}  // namespace
}  // namespace homeward
