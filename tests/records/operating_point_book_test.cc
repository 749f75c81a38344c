#include "server/records/operating_point_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "server/records/search_log.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

OperatingPointEntry PointNamed(const std::string& name, double threshold = 0.5) {
  OperatingPointEntry entry;
  entry.point = {.name = name,
                 .space_id = SyntheticSpace().id,
                 .threshold = threshold,
                 .fpir = 0.01,
                 .gallery_size = 500,
                 .data = "photos of this station",
                 .measured_on = "2026-11-20"};
  return entry;
}

class OperatingPointBookTest : public ::testing::Test {
 protected:
  Casebook& book() { return folder_.book(); }
  OperatingPointView Create(const std::string& name, double threshold = 0.5) {
    return CreateOperatingPoint(book(), IntentFor("CreateOperatingPoint"),
                                PointNamed(name, threshold))
        .value();
  }
  Result<OperatingPointView> Activate(const std::string& name, const std::string& request_id = "") {
    return ActivateOperatingPoint(book(), IntentFor("ActivateOperatingPoint", request_id), name);
  }
  std::vector<std::string> Listed() {
    std::vector<std::string> names;
    const auto page = ListOperatingPoints(book(), {}).value();
    for (const OperatingPointView& each : page.points) {
      names.push_back(each.entry.point.name);
    }
    return names;
  }

  CasebookFolder folder_;
};

TEST_F(OperatingPointBookTest, StartsWithTheOneThatComesWithTheModels) {
  const auto page = ListOperatingPoints(book(), {}).value();
  ASSERT_EQ(page.points.size(), 1u);
  EXPECT_EQ(page.points[0].entry.point.name, "synthetic");
  EXPECT_TRUE(page.points[0].is_shipped);
  EXPECT_TRUE(page.points[0].is_active);
  EXPECT_TRUE(FindOperatingPoint(book(), "synthetic").value().is_shipped);
}

TEST_F(OperatingPointBookTest, ListsThoseOfEverySpaceServedOnePageAfterTheOther) {
  folder_.Reopen({SyntheticSpace(), OtherSyntheticSpace()});
  Create("one");
  EXPECT_THAT(Listed(), ElementsAre("one", "synthetic", "other-synthetic"));
  for (const int size : {1, 2}) {
    std::vector<std::string> names;
    OperatingPointQuery query{.page_size = size, .page_token = ""};
    do {
      const auto page = ListOperatingPoints(book(), query).value();
      EXPECT_LE(std::ssize(page.points), size);
      for (const auto& each : page.points) names.push_back(each.entry.point.name);
      query.page_token = page.next_page_token;
    } while (!query.page_token.empty() && names.size() < 10);
    EXPECT_THAT(names, ElementsAre("one", "synthetic", "other-synthetic"));
  }
}

TEST_F(OperatingPointBookTest, StoresAPointWithWhoAndWhenAndDecidesNothingByIt) {
  const auto view = Create("station-2026");
  EXPECT_EQ(view.entry.creator, "station");
  EXPECT_EQ(view.entry.created, folder_.clock().Now());
  EXPECT_FALSE(view.is_active);
  EXPECT_FALSE(view.is_shipped);
  EXPECT_THAT(view.activations, IsEmpty());
  EXPECT_EQ(book().operating_point().name, "synthetic");
  EXPECT_EQ(FindOperatingPoint(book(), "station-2026").value().entry.point.data,
            "photos of this station");
  EXPECT_EQ(ReasonOf(FindOperatingPoint(book(), "other")), Reason::kOperatingPointNotFound);
}

TEST_F(OperatingPointBookTest, RefusesAThresholdWithoutItsEvaluation) {
  const auto reason = [&](const std::function<void(OperatingPointEntry&)>& spoil) {
    OperatingPointEntry entry = PointNamed("one");
    spoil(entry);
    return ReasonOf(CreateOperatingPoint(book(), IntentFor("CreateOperatingPoint"), entry));
  };
  EXPECT_EQ(reason([](auto& entry) { entry.point.data = ""; }), Reason::kFieldMissing);
  EXPECT_EQ(reason([](auto& entry) { entry.point.gallery_size = 0; }), Reason::kFieldMissing);
  EXPECT_EQ(reason([](auto& entry) { entry.point.measured_on = ""; }), Reason::kFieldMissing);
  EXPECT_EQ(reason([](auto& entry) { entry.point.space_id = ""; }), Reason::kFieldMissing);
  EXPECT_EQ(reason([](auto& entry) { entry.point.fpir = 0; }), Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& entry) { entry.point.fpir = 1; }), Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& entry) { entry.point.chance = 1.5; }), Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& entry) { entry.point.threshold = 0; }), Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& entry) { entry.point.name = "Über"; }), Reason::kFieldInvalid);
  EXPECT_EQ(
      reason([](auto& entry) { entry.false_alarms = {.rate = 0.1, .low = 0.2, .high = 0.3}; }),
      Reason::kFieldInvalid);
  EXPECT_THAT(Listed(), ElementsAre("synthetic"));
}

TEST_F(OperatingPointBookTest, RefusesANameThatIsTaken) {
  Create("one");
  for (const char* taken : {"one", "synthetic"}) {
    EXPECT_EQ(ReasonOf(CreateOperatingPoint(book(), IntentFor("CreateOperatingPoint"),
                                            PointNamed(taken))),
              Reason::kOperatingPointExists);
  }
}

TEST_F(OperatingPointBookTest, RefusesAPointOfAnotherSpaceAndSaysWhatToDo) {
  OperatingPointEntry foreign = PointNamed("foreign");
  foreign.point.space_id = "another";
  const auto refused = CreateOperatingPoint(book(), IntentFor("CreateOperatingPoint"), foreign);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kSpaceNotServed);
  EXPECT_THAT(refused.error().message, HasSubstr("Calibrate again"));
  EXPECT_EQ(refused.error().metadata.at("space"), "another");
  // One that was stored while its space was served.
  {
    const auto unit = book().store().Begin().value();
    unit->AddOperatingPoint(foreign).value();
    unit->Commit({}).value();
  }
  EXPECT_EQ(ReasonOf(Activate("foreign")), Reason::kSpaceNotServed);
  EXPECT_EQ(book().operating_point().name, "synthetic");
}

TEST_F(OperatingPointBookTest, RefusesAChanceBelowWhatTheLineWasMeasuredAt) {
  std::vector<float> nobody(static_cast<std::size_t>(SyntheticSpace().dimension) *
                            kSpreadNeighbours);
  auto yardstick = std::make_shared<const Yardstick>(
      Yardstick{.cohort = Cohort::Create(SyntheticSpace().dimension, nobody).value(),
                .line = {.intercept = 1,
                         .slope = 1,
                         .gallery_exponent = 0,
                         .least_gallery = 1,
                         .least_chance = 0.005,
                         .data = "made up",
                         .measured_on = "2026-11-01"}});
  Gallery gallery({MeasuredSpace{SyntheticSpace(), yardstick}},
                  [](const Space& space) { return std::make_unique<FlatIndex>(space.dimension); });
  Casebook weighed({.store = book().store(),
                    .vault = book().vault(),
                    .gallery = gallery,
                    .analyzers = book().analyzers(),
                    .clock = book().clock(),
                    .ids = book().ids(),
                    .operating_points = {book().operating_point()},
                    .hash_key = book().hash_key()});
  const auto create = [&](double fpir, double chance) {
    OperatingPointEntry entry = PointNamed("one");
    entry.point.fpir = fpir;
    entry.point.chance = chance;
    return CreateOperatingPoint(weighed, IntentFor("CreateOperatingPoint"), entry);
  };
  const auto refused = create(0.01, 0.0049);
  EXPECT_EQ(ReasonOf(refused), Reason::kFieldInvalid);
  EXPECT_EQ(refused.error().metadata.at("field"), "operating_point.chance");
  EXPECT_EQ(create(0.004, 0).error().metadata.at("field"), "operating_point.fpir");
  EXPECT_TRUE(create(0.004, 0.005));
}

TEST_F(OperatingPointBookTest, DecidesByTheActivatedPointFromTheNextSearchOn) {
  Enrol(book(), RecordKind::kMissing, {{1, 0}}).value();
  const auto before = SearchWith(book(), PhotoOf(1, 3)).value().search.search;
  ASSERT_FALSE(before.no_candidate);
  const double nearer = before.candidates[0].distance / 2;
  Create("strict", nearer);
  const auto active = Activate("strict").value();
  EXPECT_TRUE(active.is_active);
  ASSERT_EQ(active.activations.size(), 1u);
  EXPECT_EQ(active.activations[0].caller, "station");
  EXPECT_EQ(active.activations[0].purpose, "identify");
  EXPECT_EQ(active.activations[0].at, folder_.clock().Now());
  const auto after = SearchWith(book(), PhotoOf(1, 3)).value().search.search;
  EXPECT_TRUE(after.no_candidate);
  EXPECT_EQ(after.operating_point.name, "strict");
  const auto kept = FindView(book().store(), before.id).value().search;
  EXPECT_EQ(kept.operating_point.name, "synthetic");
  EXPECT_FALSE(kept.no_candidate);
}

TEST_F(OperatingPointBookTest, GoesBackToTheShippedPointAndKeepsTheLog) {
  Create("one");
  Activate("one").value();
  EXPECT_TRUE(Activate("synthetic").value().is_active);
  EXPECT_EQ(book().operating_point().threshold, kSyntheticThreshold);
  Activate("one").value();
  EXPECT_EQ(FindOperatingPoint(book(), "one").value().activations.size(), 2u);
  EXPECT_EQ(FindOperatingPoint(book(), "synthetic").value().activations.size(), 1u);
}

TEST_F(OperatingPointBookTest, ActivatesNothingWithoutAReasonOrThatIsNotThere) {
  Create("one");
  Intent silent = IntentFor("ActivateOperatingPoint");
  silent.purpose = " ";
  EXPECT_EQ(ReasonOf(ActivateOperatingPoint(book(), silent, "one")), Reason::kPurposeMissing);
  EXPECT_EQ(ReasonOf(Activate("two")), Reason::kOperatingPointNotFound);
  EXPECT_EQ(book().operating_point().name, "synthetic");
}

TEST_F(OperatingPointBookTest, TakesUpTheLastActivationAtTheNextStart) {
  Create("one", 0.4);
  Activate("one").value();
  folder_.Reopen();
  EXPECT_EQ(book().operating_point().name, "synthetic");
  RestoreOperatingPoint(book()).value();
  EXPECT_EQ(book().operating_point().name, "one");
  EXPECT_EQ(book().operating_point().threshold, 0.4);
}

TEST_F(OperatingPointBookTest, StaysWithTheShippedPointWhereTheOneActivatedWentWithItsModels) {
  {
    const auto unit = book().store().Begin().value();
    unit->AddActivation({.point = "of-older-models",
                         .space_id = SyntheticSpace().id,
                         .at = {},
                         .caller = "station",
                         .purpose = "back"})
        .value();
    unit->Commit({}).value();
  }
  RestoreOperatingPoint(book()).value();
  EXPECT_EQ(book().operating_point().name, "synthetic");
}

TEST_F(OperatingPointBookTest, DoesARepeatedRequestOnce) {
  const auto create = [&] {
    return CreateOperatingPoint(book(), IntentFor("CreateOperatingPoint", "r1"), PointNamed("one"));
  };
  create().value();
  EXPECT_EQ(create().value().entry.point.name, "one");
  Activate("one", "r2").value();
  Activate("synthetic").value();
  EXPECT_FALSE(Activate("one", "r2").value().is_active);
  EXPECT_EQ(book().operating_point().name, "synthetic");
}

TEST_F(OperatingPointBookTest, ListsEachPointOnceNewestFirstInPages) {
  for (const char* name : {"a", "b", "c"}) Create(name);
  EXPECT_THAT(Listed(), ElementsAre("c", "b", "a", "synthetic"));
  for (const int size : {1, 2, 3, 4, 5}) {
    std::vector<std::string> visited;
    OperatingPointQuery query{.page_size = size, .page_token = ""};
    do {
      const auto page = ListOperatingPoints(book(), query).value();
      EXPECT_LE(std::ssize(page.points), size);
      for (const auto& each : page.points) visited.push_back(each.entry.point.name);
      query.page_token = page.next_page_token;
    } while (!query.page_token.empty());
    EXPECT_THAT(visited, ElementsAre("c", "b", "a", "synthetic")) << size;
  }
}

TEST_F(OperatingPointBookTest, NeverDecidesByHalfAPoint) {
  Create("loose", 0.9);
  Create("strict", 0.1);
  std::jthread writer([&](const std::stop_token& stop) {
    for (int i = 0; !stop.stop_requested(); ++i) Activate(i % 2 == 0 ? "loose" : "strict").value();
  });
  for (int i = 0; i < 2000; ++i) {
    const OperatingPoint point = book().operating_point();
    if (point.name == "synthetic") continue;
    ASSERT_EQ(point.threshold, point.name == "loose" ? 0.9 : 0.1);
  }
}

}  // namespace
}  // namespace homeward
