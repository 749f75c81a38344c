#include <gmock/gmock.h>

#include "tests/clients/program_run.h"

namespace homeward::client {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

v1::OperatingPoint SamplePoint() {
  v1::OperatingPoint point;
  point.set_name("operatingPoints/station-2026");
  point.set_space("space-a");
  point.set_threshold(0.371);
  point.set_fpir(0.01);
  point.set_chance(0.0062);
  point.set_gallery_size(1200);
  point.set_data("本站照片");
  point.mutable_measure_date()->set_year(2026);
  point.mutable_measure_date()->set_month(11);
  point.mutable_measure_date()->set_day(20);
  point.mutable_false_alarms()->set_rate(0.0095);
  point.mutable_false_alarms()->set_low(0.005);
  point.mutable_false_alarms()->set_high(0.016);
  point.mutable_false_alarms()->set_search_count(1100);
  point.set_creator("local");
  point.set_active(true);
  v1::OperatingPointActivation* activation = point.add_activations();
  activation->set_caller("local");
  activation->set_purpose("measured on our own photos");
  return point;
}

class OperatingPointCommandTest : public ProgramTest {
 protected:
  OperatingPointCommandTest() {
    service_.handlers.get_operating_point = [](const v1::GetOperatingPointRequest& request,
                                               v1::OperatingPoint* point) {
      if (request.name() != SamplePoint().name()) {
        return Refusal(grpc::NOT_FOUND, "OPERATING_POINT_NOT_FOUND");
      }
      *point = SamplePoint();
      return grpc::Status::OK;
    };
    service_.handlers.list_operating_points = [](const v1::ListOperatingPointsRequest& request,
                                                 v1::ListOperatingPointsResponse* response) {
      const bool first = request.page_token().empty();
      v1::OperatingPoint& point = *response->add_operating_points();
      if (first) {
        point = SamplePoint();
        response->set_next_page_token("next");
      } else {
        point.set_name("operatingPoints/lfw");
        point.set_fpir(0.01);
        point.set_shipped(true);
      }
      return grpc::Status::OK;
    };
    service_.handlers.activate_operating_point =
        [this](const v1::ActivateOperatingPointRequest& request, v1::OperatingPoint* point) {
          activation_ = request;
          *point = SamplePoint();
          return grpc::Status::OK;
        };
  }

  v1::ActivateOperatingPointRequest activation_;
};

TEST_F(OperatingPointCommandTest, ListsThePointsOfEveryPage) {
  const auto lines = Run({"operating-point", "list"}).lines();
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0]["schema"], "homeward.operating_point/1");
  EXPECT_EQ(lines[0]["name"], "operatingPoints/station-2026");
  EXPECT_EQ(lines[0]["active"], true);
  EXPECT_EQ(lines[0]["measure_date"], "2026-11-20");
  EXPECT_EQ(lines[1]["shipped"], true);
  EXPECT_EQ(lines[1]["false_alarms"], nullptr);
  const Result limited = Run({"operating-point", "list", "--limit", "1", "--output", "csv"});
  EXPECT_THAT(limited.out, HasSubstr("operatingPoints/station-2026,true,false,space-a,0.01,0.0062,"
                                     "0.371,1200,0.0095,2026-11-20,本站照片"));
  EXPECT_THAT(limited.err, HasSubstr("--limit N"));
}

TEST_F(OperatingPointCommandTest, ShowsATableWithinThePage) {
  person_ = true;
  for (locale_ = "C.UTF-8"; !locale_.empty(); locale_ = locale_ == "C.UTF-8" ? "zh_CN.UTF-8" : "") {
    const Result listed = Run({"operating-point", "list"});
    EXPECT_THAT(listed.out, AllOf(HasSubstr("operatingPoints/station-2026"), HasSubstr("0.0095")));
  }
}

TEST_F(OperatingPointCommandTest, ShowsWhereAPointComesFromAndWhenItWasInForce) {
  const Result shown = Run({"operating-point", "show", "station-2026", "--output", "table"});
  EXPECT_EQ(shown.code, 0);
  EXPECT_THAT(shown.out, AllOf(HasSubstr("本站照片"), HasSubstr("2026-11-20"),
                               HasSubstr("false alarms 0.0095 (0.0050 to 0.0160) of 1100 searches"),
                               HasSubstr("by local: measured on our own photos")));
  const Result missing = Run({"operating-point", "show", "other"});
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.err, HasSubstr("operating-point list"));
}

TEST_F(OperatingPointCommandTest, ActivatesWithAReasonOnly) {
  EXPECT_EQ(Run({"operating-point", "activate", "station-2026"}).code, 2);
  EXPECT_EQ(activation_.name(), "");
  const Result active =
      Run({"operating-point", "activate", "station-2026", "--reason", "our own photos"});
  EXPECT_EQ(active.code, 0);
  EXPECT_EQ(activation_.name(), "operatingPoints/station-2026");
  EXPECT_EQ(activation_.purpose(), "our own photos");
  EXPECT_NE(activation_.request_id(), "");
  EXPECT_EQ(active.json()["activations"].size(), 1u);
  EXPECT_THAT(active.err, HasSubstr("is in force from now on"));
}

TEST_F(OperatingPointCommandTest, SaysWhatToDoAboutAPointOfAnotherSpace) {
  service_.handlers.activate_operating_point = [](const auto&, auto*) {
    return Refusal(grpc::FAILED_PRECONDITION, "SPACE_NOT_SERVED",
                   {{"space", "old"}, {"served", "new"}});
  };
  const Result refused = Run({"operating-point", "activate", "old-one", "--reason", "try"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("old"), HasSubstr("new"), HasSubstr("calibrate")));
}

}  // namespace
}  // namespace homeward::client
