#include "server/evaluate/evaluation_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/evaluate/fake_pipeline.h"

namespace homeward {
namespace {

using Json = nlohmann::json;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

EvaluationPhoto PhotoOf(const std::string& identity, EvaluationRole role) {
  return {.identity = identity,
          .path = identity + ".photo",
          .role = role,
          .cohort = "all",
          .file = {},
          .line = 2};
}

ProbeSearch Nonmate(std::size_t photo, double nearest) {
  return {.photo = photo,
          .outcome = {.is_mated = false,
                      .has_template = true,
                      .cohort = "all",
                      .mate_rank = {},
                      .mate_value = {},
                      .best_value = nearest},
          .candidates = {{1, "other", nearest}}};
}

ProbeSearch Mate(std::size_t photo, int rank, double distance) {
  return {.photo = photo,
          .outcome = {.is_mated = true,
                      .has_template = true,
                      .cohort = "all",
                      .mate_rank = rank,
                      .mate_value = distance,
                      .best_value = distance},
          .candidates = {{rank, "mate", distance}}};
}

Json ReportOf(const std::vector<EvaluationPhoto>& photos, const EvaluationRun& run) {
  const std::vector<Result<Template>> templates(photos.size(), Template{"fake", {1, 2}});
  return Json::parse(MakeReport(photos, templates, run, FakePipeline()));
}

// A rate without a trial is no rate: 0 would read as a measurement.
TEST(EvaluationReportTest, HasNoRateWhereNothingWasTried) {
  const Json report =
      ReportOf({PhotoOf("a", EvaluationRole::kReference)}, {.references = 1, .searches = {}});
  EXPECT_EQ(report.at("mated"), 0);
  EXPECT_TRUE(report.at("rank_1").is_null());
  EXPECT_TRUE(report.at("rank_1_interval").is_null());
  for (const Json& point : report.at("operating_points")) {
    EXPECT_TRUE(point.at("threshold").is_null());
    EXPECT_TRUE(point.at("fnir").is_null());
    EXPECT_FALSE(point.at("reason").get<std::string>().empty());
  }
}

TEST(EvaluationReportTest, PutsEveryRateWithinItsInterval) {
  std::vector<EvaluationPhoto> photos;
  EvaluationRun run;
  for (std::size_t i = 0; i < 100; ++i) {
    photos.push_back(PhotoOf("n" + std::to_string(i), EvaluationRole::kNonmate));
    run.searches.push_back(Nonmate(i, 1 + 0.01 * static_cast<double>(i)));
  }
  for (std::size_t i = 100; i < 110; ++i) {
    photos.push_back(PhotoOf("m" + std::to_string(i), EvaluationRole::kMate));
    run.searches.push_back(Mate(i, i < 107 ? 1 : 30, i < 107 ? 0.5 : 3.0));
  }
  const Json report = ReportOf(photos, run);
  EXPECT_EQ(report.at("mated"), 10);
  EXPECT_EQ(report.at("non_mated"), 100);
  EXPECT_EQ(report.at("rank_1"), 0.7);
  EXPECT_EQ(report.at("rank_50"), 1.0);
  const Json& interval = report.at("rank_1_interval");
  EXPECT_THAT(0.7, AllOf(Ge(interval.at(0).get<double>()), Le(interval.at(1).get<double>())));
  const Json& point = report.at("operating_points").at(0);
  EXPECT_EQ(point.at("fpir"), 0.1);
  EXPECT_THAT(point.at("fpir_observed").get<double>(), Le(0.1)) << "never more than aimed at";
  EXPECT_EQ(point.at("fnir"), 0.3);
  EXPECT_FALSE(point.contains("reason"));
  EXPECT_EQ(report.at("cohorts").at("all").at("operating_points"), report.at("operating_points"))
      << "a cohort of everyone has the figures of everyone";
}

// At the operating point, an alarm more or less is told by each group for itself.
TEST(EvaluationReportTest, TellsWhatTheActiveOperatingPointGivesToAllAndToEach) {
  std::vector<EvaluationPhoto> photos;
  EvaluationRun run;
  run.is_weighed = true;
  for (std::size_t i = 0; i < 40; ++i) {
    photos.push_back(PhotoOf("n" + std::to_string(i), EvaluationRole::kNonmate));
    run.searches.push_back(Nonmate(i, i < 4 ? 0.005 : 0.5));
    run.searches.back().outcome.cohort = i % 2 == 0 ? "even" : "odd";
  }
  photos.push_back(PhotoOf("m", EvaluationRole::kMate));
  run.searches.push_back(Mate(40, 1, 0.011));
  run.searches.back().outcome.cohort = "odd";
  Pipeline pipeline = FakePipeline();
  pipeline.operating_point.fpir = 0.01;
  const std::vector<Result<Template>> templates(photos.size(), Template{"fake", {1, 2}});
  const Json report = Json::parse(MakeReport(photos, templates, run, pipeline));
  const Json& all = report.at("active_operating_point");
  EXPECT_EQ(all.at("nominal_fpir"), 0.01);
  EXPECT_EQ(all.at("decided_by"), "chance");
  EXPECT_EQ(all.at("fpir_observed"), 0.1);
  EXPECT_EQ(all.at("fnir"), 1.0) << "0.011 is more than the nominal chance";
  const Json& even = report.at("cohorts").at("even").at("active_operating_point");
  EXPECT_EQ(even.at("fpir_observed"), 0.1);
  EXPECT_TRUE(even.at("fnir").is_null());
}

// Each candidate says how often chance alone shows the like; the searches for nobody tell whether
// it does.
TEST(EvaluationReportTest, SetsPredictedBesideObservedChanceHitsForAllAndForEach) {
  std::vector<EvaluationPhoto> photos;
  EvaluationRun run;
  run.is_weighed = true;
  for (std::size_t i = 0; i < 200; ++i) {
    photos.push_back(PhotoOf("n" + std::to_string(i), EvaluationRole::kNonmate));
    run.searches.push_back(Nonmate(i, 0.005));
    ProbeOutcome& outcome = run.searches.back().outcome;
    outcome.person = photos.back().identity;
    outcome.cohort = i < 150 ? "calm" : "loud";
    if (i < 20) outcome.stranger_values = {0.005, 0.02};
    if (i >= 150) outcome.stranger_values = {0.02};
  }
  const Json report = ReportOf(photos, run);
  const Json& at_1 = report.at("chance_hits").at(1);
  EXPECT_EQ(at_1.at("chance"), 0.01);
  EXPECT_EQ(at_1.at("expected_searches"), 2.0);
  EXPECT_EQ(at_1.at("observed_searches"), 20);
  EXPECT_EQ(at_1.at("observed_share"), 0.1);
  EXPECT_EQ(at_1.at("observed_share_interval_method"), "bootstrap");
  const Json& at_3 = report.at("chance_hits").at(2);
  EXPECT_EQ(at_3.at("expected_per_search"), 0.03);
  EXPECT_EQ(at_3.at("observed_per_search"), 0.45);
  const Json& loud = report.at("cohorts").at("loud").at("chance_hits");
  EXPECT_EQ(loud.at(1).at("observed_searches"), 0);
  EXPECT_EQ(loud.at(1).at("observed_share_interval_method"), "wilson");
  EXPECT_GT(loud.at(1).at("observed_share_interval").at(1), 0.0) << "none seen is not none";
  EXPECT_EQ(loud.at(2).at("observed_share"), 1.0);
  run.is_weighed = false;
  EXPECT_TRUE(ReportOf(photos, run).at("chance_hits").is_null());
}

TEST(EvaluationReportTest, SaysHowEachIntervalWasFound) {
  const Json report =
      ReportOf({PhotoOf("a", EvaluationRole::kReference)}, {.references = 1, .searches = {}});
  EXPECT_TRUE(report.at("intervals").contains("bootstrap"));
  EXPECT_TRUE(report.at("intervals").contains("wilson"));
  EXPECT_TRUE(report.at("rank_1_interval_method").is_null());
}

TEST(EvaluationReportTest, IsJsonWhateverTheCohortIsCalled) {
  std::vector<EvaluationPhoto> photos = {PhotoOf("n", EvaluationRole::kNonmate)};
  EvaluationRun run;
  run.searches.push_back(Nonmate(0, 1));
  for (const std::string cohort : {"", "老年\"人\"", "\xff\xfe", "a\x01z"}) {
    run.searches[0].outcome.cohort = cohort;
    EXPECT_EQ(ReportOf(photos, run).at("cohorts").size(), 1u) << cohort;
  }
}

TEST(EvaluationReportTest, WritesScoresAsATableThatCanBeReadBackExactly) {
  const std::vector<EvaluationPhoto> photos = {PhotoOf("p", EvaluationRole::kMate),
                                               PhotoOf("q", EvaluationRole::kNonmate)};
  EvaluationRun run;
  run.searches.push_back(Mate(0, 2, 0.1 + 0.2));
  run.searches.push_back({.photo = 1, .outcome = {}, .candidates = {}});  // found nobody
  std::ostringstream out;
  WriteScores(photos, run, {"fake", "fake.dat", 2}, out);
  std::istringstream in(out.str());
  std::string header, probe, identity, candidate, space, more;
  int rank = 0;
  double distance = 0;
  std::getline(in, header);
  in >> probe >> identity >> rank >> candidate >> distance >> space;
  EXPECT_EQ(header, "probe\tidentity\trank\tcandidate_identity\tdistance\tspace");
  EXPECT_EQ(probe + identity + candidate + space, "p.photopmatefake");
  EXPECT_EQ(rank, 2);
  EXPECT_EQ(distance, 0.1 + 0.2);
  EXPECT_FALSE(in >> more);
}

}  // namespace
}  // namespace homeward
