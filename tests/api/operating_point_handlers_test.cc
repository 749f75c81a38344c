#include "server/api/operating_point_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/api/match_handlers.h"
#include "tests/api/handler_calls.h"

namespace homeward {
namespace {

using namespace homeward::testing;

constexpr const char* kDigest = "00ff5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

class OperatingPointHandlersTest : public ::testing::Test {
 protected:
  static v1::CreateOperatingPointRequest RequestFor(const std::string& id) {
    v1::CreateOperatingPointRequest request;
    request.set_operating_point_id(id);
    v1::OperatingPoint& point = *request.mutable_operating_point();
    point.set_space(SyntheticSpace().id);
    point.set_threshold(0.41);
    point.set_fpir(0.01);
    point.set_chance(0.006);
    point.set_gallery_size(1200);
    point.set_data("photos of this station");
    point.mutable_measure_date()->set_year(2026);
    point.mutable_measure_date()->set_month(11);
    point.mutable_measure_date()->set_day(2);
    v1::MeasuredRate& alarms = *point.mutable_false_alarms();
    alarms.set_rate(0.0095);
    alarms.set_low(0.005);
    alarms.set_high(0.016);
    alarms.set_search_count(1100);
    point.set_manifest_sha256(kDigest);
    return request;
  }
  Result<v1::OperatingPoint> Create(const v1::CreateOperatingPointRequest& request) {
    return handlers_.CreateOperatingPoint(CallOf("CreateOperatingPoint"), request);
  }
  Result<v1::OperatingPoint> Get(const std::string& name) {
    v1::GetOperatingPointRequest request;
    request.set_name(name);
    return handlers_.GetOperatingPoint(CallOf("GetOperatingPoint"), request);
  }
  Result<v1::OperatingPoint> Activate(const std::string& name, const std::string& purpose) {
    v1::ActivateOperatingPointRequest request;
    request.set_name(name);
    request.set_purpose(purpose);
    return handlers_.ActivateOperatingPoint(CallOf("ActivateOperatingPoint"), request);
  }

  CasebookFolder folder_;
  OperatingPointHandlers handlers_{folder_.book()};
};

TEST_F(OperatingPointHandlersTest, TellsAPointAsItWasStored) {
  const auto request = RequestFor("station-2026");
  const auto created = Create(request).value();
  EXPECT_EQ(created.name(), "operatingPoints/station-2026");
  EXPECT_EQ(created.creator(), "station");
  EXPECT_TRUE(created.has_create_time());
  EXPECT_FALSE(created.active());
  EXPECT_FALSE(created.shipped());
  EXPECT_FALSE(created.has_misses());
  v1::OperatingPoint said = created;
  said.clear_name();
  said.clear_creator();
  said.clear_create_time();
  EXPECT_EQ(said.DebugString(), request.operating_point().DebugString());
  EXPECT_EQ(Get(created.name()).value().DebugString(), created.DebugString());
}

TEST_F(OperatingPointHandlersTest, TellsWhenWhyAndByWhomItWasPutInForce) {
  const auto name = Create(RequestFor("station-2026")).value().name();
  const auto active = Activate(name, "measured on our own photos").value();
  EXPECT_TRUE(active.active());
  ASSERT_EQ(active.activations_size(), 1);
  EXPECT_EQ(active.activations(0).caller(), "station");
  EXPECT_EQ(active.activations(0).purpose(), "measured on our own photos");
  EXPECT_TRUE(active.activations(0).has_activate_time());
  const auto shipped = Get("operatingPoints/synthetic").value();
  EXPECT_TRUE(shipped.shipped());
  EXPECT_FALSE(shipped.active());
  EXPECT_FALSE(shipped.has_create_time());
}

TEST_F(OperatingPointHandlersTest, ShowsASearchWithThePointItWasMadeWith) {
  Activate(Create(RequestFor("station-2026")).value().name(), "ours").value();
  MatchHandlers match(folder_.book());
  v1::SearchFacesRequest request;
  SetBytes(PhotoOf(1), request.mutable_photo());
  request.set_purpose("identify");
  const auto made = match.SearchFaces(CallOf("SearchFaces"), request).value().search();
  Activate("operatingPoints/synthetic", "back").value();
  v1::GetSearchRequest get;
  get.set_name(made.name());
  const auto kept = match.GetSearch(CallOf("GetSearch"), get).value();
  EXPECT_EQ(kept.operating_point().name(), "operatingPoints/station-2026");
  EXPECT_EQ(kept.operating_point().fpir(), 0.01);
  EXPECT_EQ(kept.operating_point().chance(), 0.006);
  EXPECT_EQ(kept.operating_point().measure_date().day(), 2);
  EXPECT_EQ(kept.operating_point().space(), SyntheticSpace().id);
}

TEST_F(OperatingPointHandlersTest, ListsInPages) {
  Create(RequestFor("a")).value();
  v1::ListOperatingPointsRequest request;
  request.set_page_size(1);
  const auto first = handlers_.ListOperatingPoints(CallOf("ListOperatingPoints"), request).value();
  ASSERT_EQ(first.operating_points_size(), 1);
  EXPECT_EQ(first.operating_points(0).name(), "operatingPoints/a");
  request.set_page_token(first.next_page_token());
  const auto second = handlers_.ListOperatingPoints(CallOf("ListOperatingPoints"), request).value();
  ASSERT_EQ(second.operating_points_size(), 1);
  EXPECT_TRUE(second.operating_points(0).shipped());
  EXPECT_EQ(second.next_page_token(), "");
  request.set_page_token("made up");
  EXPECT_EQ(ReasonOf(handlers_.ListOperatingPoints(CallOf("ListOperatingPoints"), request)),
            Reason::kPageTokenInvalid);
}

TEST_F(OperatingPointHandlersTest, TellsTheSpacesAndHowFarTheyAreFilled) {
  folder_.Reopen({SyntheticSpace(), OtherSyntheticSpace()});
  const auto response = handlers_.ListSpaces(CallOf("ListSpaces"), {}).value();
  ASSERT_EQ(response.spaces_size(), 2);
  EXPECT_EQ(response.spaces(0).id(), SyntheticSpace().id);
  EXPECT_EQ(response.spaces(0).model(), SyntheticSpace().model);
  EXPECT_TRUE(response.spaces(0).active());
  EXPECT_FALSE(response.spaces(1).active());
  EXPECT_EQ(response.spaces(1).face_count(), 0);
}

TEST_F(OperatingPointHandlersTest, RefusesWhatIsNotWellFormed) {
  EXPECT_EQ(ReasonOf(Create({})), Reason::kFieldMissing);
  const auto spoilt = [&](const std::function<void(v1::OperatingPoint&)>& spoil) {
    auto request = RequestFor("spoilt");
    spoil(*request.mutable_operating_point());
    return ReasonOf(Create(request));
  };
  EXPECT_EQ(spoilt([](auto& point) { point.set_manifest_sha256("00ff"); }), Reason::kFieldInvalid);
  EXPECT_EQ(spoilt([](auto& point) { point.set_manifest_sha256(std::string(64, 'g')); }),
            Reason::kFieldInvalid);
  EXPECT_EQ(spoilt([](auto& point) { point.mutable_measure_date()->set_day(31); }),
            Reason::kFieldInvalid);
  EXPECT_EQ(spoilt([](auto& point) { point.clear_measure_date(); }), Reason::kFieldMissing);
  EXPECT_EQ(spoilt([](auto& point) { point.set_space("another"); }), Reason::kSpaceNotServed);
  for (const char* name : {"", "synthetic", "operatingPoints/", "operatingPoints/No"}) {
    EXPECT_EQ(ReasonOf(Get(name)), Reason::kOperatingPointNotFound) << name;
  }
}

}  // namespace
}  // namespace homeward
