#include <gmock/gmock.h>
#include <sys/stat.h>

#include "clients/cli/program_output.h"
#include "tests/clients/program_run.h"

namespace homeward::client {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kDocument = R"({
  "schema": "homeward.calibration/1",
  "operating_point_id": "station-2026",
  "operating_point": {
    "space": "space-a", "threshold": 0.371, "fpir": 0.01, "chance": 0.0062, "gallery_size": 1200,
    "data": "our own", "measure_date": {"year": 2026, "month": 11, "day": 20},
    "false_alarms": {"rate": 0.01, "low": 0.006, "high": 0.016, "search_count": 1100},
    "misses": null, "manifest_sha256": "00"
  },
  "decided_by": "chance",
  "before": {"bound": 0.01, "non_mated": 1100, "fpir_observed": 0.0175, "mated": 0, "fnir": null,
    "cohorts": {"child": {"non_mated": 300, "fpir_observed": 0.025, "mated": 0, "fnir": null}}},
  "after": {"bound": 0.0062, "non_mated": 1100, "fpir_observed": 0.01, "mated": 0, "fnir": null,
    "cohorts": {"child": {"non_mated": 300, "fpir_observed": 0.0133, "mated": 0, "fnir": null}}}
})";

class CalibrateCommandTest : public ProgramTest {
 protected:
  CalibrateCommandTest() {
    Measuring("cat '" + folder_.Write("document", kDocument) + "'");
    service_.handlers.create_operating_point =
        [this](const v1::CreateOperatingPointRequest& request, v1::OperatingPoint* point) {
          stored_.push_back(request);
          *point = request.operating_point();
          point->set_name("operatingPoints/" + request.operating_point_id());
          return grpc::Status::OK;
        };
  }

  // What stands in for homewardd keeps its arguments and runs `script`.
  void Measuring(const std::string& script) {
    service_program_ =
        folder_.Write("homewardd", "#!/bin/sh\necho \"$@\" > '" + asked_ + "'\n" + script + "\n");
    ASSERT_EQ(chmod(service_program_.c_str(), 0700), 0);
  }
  std::string Asked() const {
    std::ifstream file(asked_);
    std::string words;
    std::getline(file, words);
    return words;
  }
  Result Calibrate(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"calibrate", "set.tsv", "--fpir",
                                      "0.01",      "--name",  "station-2026"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(words);
  }

  std::string asked_ = (folder_.path() / "asked").string();
  std::vector<v1::CreateOperatingPointRequest> stored_;
};

TEST_F(CalibrateCommandTest, MeasuresWithHomewarddAndStoresWhatItFound) {
  const Result done = Calibrate({"--data", "ours", "--cache", "kept", "--weights", "w"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(Asked(),
            "calibrate set.tsv --fpir 0.01 --name station-2026 --json --data ours --cache kept "
            "--weights w");
  ASSERT_EQ(stored_.size(), 1u);
  EXPECT_EQ(stored_[0].operating_point_id(), "station-2026");
  EXPECT_EQ(stored_[0].operating_point().chance(), 0.0062);
  EXPECT_EQ(stored_[0].operating_point().measure_date().month(), 11);
  EXPECT_EQ(stored_[0].operating_point().false_alarms().search_count(), 1100);
  EXPECT_FALSE(stored_[0].operating_point().has_misses());
  EXPECT_NE(stored_[0].request_id(), "");
  EXPECT_EQ(done.json()["stored_as"], "operatingPoints/station-2026");
  EXPECT_EQ(done.json()["schema"], "homeward.calibration/1");
  EXPECT_THAT(done.err, AllOf(HasSubstr("Stored as operatingPoints/station-2026"),
                              HasSubstr("not in force")));
}

TEST_F(CalibrateCommandTest, TellsPeopleWhatThePromiseGaveToEachGroup) {
  const Result done = Calibrate({"--output", "table"});
  EXPECT_THAT(done.out, AllOf(HasSubstr("about 100 searches"), HasSubstr("everybody"),
                              HasSubstr("child"), HasSubstr("0.0175"), HasSubstr("0.0133")));
  EXPECT_THAT(Calibrate({"--output", "csv"}).out, HasSubstr("child,300,0.0250,0.0133,0,–,–"));
}

TEST_F(CalibrateCommandTest, StoresNothingOnADryRun) {
  const Result done = Calibrate({"--dry-run"});
  EXPECT_EQ(done.code, 0);
  EXPECT_TRUE(stored_.empty());
  EXPECT_EQ(done.json()["stored_as"], nullptr);
  EXPECT_THAT(done.err, HasSubstr("Nothing was stored"));
}

TEST_F(CalibrateCommandTest, ShowsWhatWasMeasuredWhereItCannotBeStored) {
  service_.handlers.create_operating_point = [](const auto&, auto*) {
    return Refusal(grpc::ALREADY_EXISTS, "OPERATING_POINT_EXISTS", {{"name", "station-2026"}});
  };
  const Result taken = Calibrate();
  EXPECT_EQ(taken.code, 1);
  EXPECT_EQ(taken.json()["stored_as"], nullptr);
  EXPECT_THAT(taken.err, AllOf(HasSubstr("another name"), HasSubstr("was not stored")));
  service_.Stop();
  const Result alone = Calibrate({"--quiet"});
  EXPECT_EQ(alone.code, 4);
  EXPECT_EQ(alone.json()["operating_point"]["fpir"], 0.01);
  EXPECT_THAT(alone.err, AllOf(HasSubstr(service_.address()), HasSubstr("was not stored")));
}

TEST_F(CalibrateCommandTest, StoresNothingWhereNothingWasMeasured) {
  for (const char* script : {"exit 1", "echo 'no document'", "echo '{}'", "kill -9 $$"}) {
    Measuring(script);
    const Result failed = Calibrate();
    EXPECT_EQ(failed.code, 1) << script;
    EXPECT_EQ(failed.out, "") << script;
    EXPECT_THAT(failed.err, HasSubstr("nothing was stored")) << script;
  }
  Measuring("exit 2");
  EXPECT_EQ(Calibrate().code, 2);
  service_program_ = "/nonexistent/homewardd";
  EXPECT_EQ(Calibrate().code, 6);
  EXPECT_TRUE(stored_.empty());
}

TEST_F(CalibrateCommandTest, AsksForSetPromiseAndName) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"calibrate"},
        {"calibrate", "set.tsv", "--fpir", "0.01"},
        {"calibrate", "set.tsv", "--name", "a"},
        {"calibrate", "a.tsv", "b.tsv", "--fpir", "0.01", "--name", "a"}}) {
    EXPECT_EQ(Run(words).code, 2);
  }
  EXPECT_EQ(Asked(), "");
}

TEST(ProgramOutputTest, GivesEverythingThatWasWrittenAndHowItEnded) {
  const auto output = RunForOutput("/bin/sh", {"-c", "head -c 100000 /dev/zero; exit 3"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->out.size(), 100'000u);
  EXPECT_EQ(output->exit_status, 3);
  EXPECT_EQ(RunForOutput("/bin/sh", {"-c", "kill -15 $$"})->exit_status, 128 + 15);
  EXPECT_EQ(RunForOutput("/nonexistent", {}).error(), std::errc::no_such_file_or_directory);
}

}  // namespace
}  // namespace homeward::client
