#include "server/evaluate/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/evaluate/fake_pipeline.h"
#include "tests/testing/temporary_folder.h"

namespace homeward {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

// Twenty people on a line, and 100 searches for others, who come the nearer the more there are.
class CalibrationTest : public ::testing::Test {
 protected:
  CalibrationTest() {
    for (int i = 0; i < 20; ++i) Add("r" + std::to_string(i), "reference", "adult", i * 100.0);
    for (int i = 0; i < 10; ++i) {
      Add("r" + std::to_string(i), "mate", "adult", i * 100.0 + 0.01 + i);
    }
    for (int i = 0; i < 100; ++i) {
      Add("n" + std::to_string(i), "nonmate", i < 40 ? "child" : "adult",
          (i % 20) * 100.0 + 1 + i / 4.0);
    }
    options_.name = "station-2026";
    options_.fpir = 0.1;
    options_.data = "made up";
    options_.measured_on = "2026-11-22";
  }

  void Add(const std::string& identity, const std::string& role, const std::string& cohort,
           double x) {
    const std::string path = std::to_string(++photos_) + ".photo";
    WriteText(folder_.path() / path, std::to_string(x) + " 0\n" + path);
    manifest_ += identity + "\t" + path + "\t" + role + "\t" + cohort + "\n";
  }

  Result<void> Run(const Pipeline& pipeline) {
    options_.manifest = folder_.path() / "set.tsv";
    WriteText(options_.manifest, manifest_);
    out_.str("");
    return Calibrate(options_, pipeline, out_, progress_);
  }
  Json Document(const Pipeline& pipeline) {
    const auto done = Run(pipeline);
    EXPECT_TRUE(done) << done.error().message;
    return done ? Json::parse(out_.str()) : Json();
  }

  static Pipeline ByDistance() {
    Pipeline pipeline = FakePipeline();
    pipeline.operating_point.threshold = 20;
    return pipeline;
  }
  // With a line that tells these people as less than they are worth, or more, by `intercept`.
  static Pipeline ByChance(double intercept) {
    Pipeline pipeline = FakePipeline();
    std::vector<float> nobody;
    for (int i = 0; i < kSpreadNeighbours; ++i) {
      nobody.push_back(static_cast<float>(i * 20));
      nobody.push_back(500);
    }
    pipeline.yardstick =
        std::make_shared<Yardstick>(Yardstick{.cohort = Cohort::Create(2, nobody).value(),
                                              .line = {.intercept = intercept,
                                                       .slope = 1,
                                                       .gallery_exponent = 0.5,
                                                       .least_gallery = 1,
                                                       .least_chance = 0.001,
                                                       .data = "made up",
                                                       .measured_on = "2026-11-01"}});
    return pipeline;
  }

  testing::TemporaryFolder folder_;
  std::string manifest_ = "identity\tpath\trole\tcohort\n";
  int photos_ = 0;
  CalibrationOptions options_;
  std::ostringstream out_;
  std::ostringstream progress_;
};

TEST_F(CalibrationTest, GivesAnOperatingPointThatSaysWhereItComesFrom) {
  const Json document = Document(ByDistance());
  EXPECT_EQ(document["schema"], "homeward.calibration/1");
  EXPECT_EQ(document["operating_point_id"], "station-2026");
  const Json& point = document["operating_point"];
  EXPECT_EQ(point["space"], "fake");
  EXPECT_EQ(point["fpir"], 0.1);
  EXPECT_EQ(point["chance"], 0);
  EXPECT_EQ(point["gallery_size"], 20);
  EXPECT_EQ(point["data"], "made up");
  EXPECT_EQ(point["measure_date"], (Json{{"year", 2026}, {"month", 11}, {"day", 22}}));
  EXPECT_EQ(point["manifest_sha256"].get<std::string>().size(), 64u);
  EXPECT_EQ(point["false_alarms"]["search_count"], 100);
  EXPECT_LE(point["false_alarms"]["rate"], 0.1);
  EXPECT_EQ(point["misses"]["search_count"], 10);
  EXPECT_THAT(progress_.str(), HasSubstr("promised: a share of 0.1"));
}

TEST_F(CalibrationTest, PutsTheDistanceWhereTheTenthOfAHundredStrangersLies) {
  const Json document = Document(ByDistance());
  // Strangers lie 1, 1.25, 1.5 ... from the nearest person enrolled.
  EXPECT_NEAR(document["operating_point"]["threshold"].get<double>(), 1 + 9 / 4.0, 1e-3);
  EXPECT_EQ(document["before"]["bound"], 20);
  EXPECT_EQ(document["before"]["fpir_observed"], 0.77);
  EXPECT_EQ(document["before"]["cohorts"]["child"]["fpir_observed"], 1.0);
  EXPECT_EQ(document["after"]["fpir_observed"], 0.1);
  EXPECT_EQ(document["after"]["cohorts"]["child"]["non_mated"], 40);
  EXPECT_EQ(document["after"]["cohorts"]["child"]["fpir_observed"], 0.25);
  EXPECT_EQ(document["after"]["cohorts"]["adult"]["fpir_observed"], 0.0);
}

TEST_F(CalibrationTest, BringsALineThatIsOffBackToWhatIsPromised) {
  std::vector<double> bounds;
  for (const double intercept : {1.0, 2.0}) {
    const Json document = Document(ByChance(intercept));
    EXPECT_EQ(document["decided_by"], "chance");
    EXPECT_EQ(document["before"]["bound"], 0.1);
    EXPECT_LE(document["after"]["fpir_observed"], 0.1);
    EXPECT_GE(document["after"]["fpir_observed"], 0.09);
    EXPECT_EQ(document["after"]["bound"], document["operating_point"]["chance"]);
    EXPECT_EQ(document["operating_point"]["fpir"], 0.1);
    EXPECT_GT(document["operating_point"]["threshold"], 0);
    bounds.push_back(document["operating_point"]["chance"]);
  }
  // A line that says e times as much takes a bound of e times as much.
  EXPECT_NEAR(bounds[1] / bounds[0], std::exp(1.0), 0.01);
}

TEST_F(CalibrationTest, RefusesAPromiseThatTheLineWasNotMeasuredFor) {
  for (const auto& [intercept, words] :
       {std::pair{-12.0, "Promise less"}, {12.0, "larger gallery"}}) {
    const auto refused = Run(ByChance(intercept));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::kFieldInvalid);
    EXPECT_THAT(refused.error().message, HasSubstr(words));
    EXPECT_EQ(out_.str(), "");
  }
}

TEST_F(CalibrationTest, RefusesASetTooSmallForThePromiseBeforeItLooksAtAPhoto) {
  options_.fpir = 0.05;
  const auto analysed = std::make_shared<std::atomic<int>>(0);
  const auto refused = Run(FakePipeline(analysed));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kFieldInvalid);
  EXPECT_THAT(refused.error().message, HasSubstr("100 non-mated searches"));
  EXPECT_THAT(refused.error().message, HasSubstr("it takes 200"));
  EXPECT_EQ(*analysed, 0);
  options_.fpir = 0;
  EXPECT_FALSE(Run(FakePipeline(analysed)));
}

TEST_F(CalibrationTest, NamesTheDataByItsFileWhereNothingElseIsSaidAndIsQuietOnRequest) {
  options_.data = "";
  options_.is_quiet = true;
  options_.cache = folder_.path() / "cache";
  EXPECT_EQ(Document(ByDistance())["operating_point"]["data"], "set.tsv, 130 photos");
  EXPECT_EQ(progress_.str().find("promised"), std::string::npos);
}

TEST_F(CalibrationTest, CountsOnlyPeopleWhoCanBeComparedWith) {
  WriteText(folder_.path() / "faceless", "nobody");
  manifest_ += "z\tfaceless\tfiller\t\n";
  EXPECT_EQ(Document(ByDistance())["operating_point"]["gallery_size"], 20);
}

}  // namespace
}  // namespace homeward
