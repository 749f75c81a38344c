#include "server/evaluate/evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/evaluate/fake_pipeline.h"
#include "tests/testing/temporary_folder.h"

namespace homeward {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

// A folder with a set of a few people on a line; tests add to it.
class EvaluationTest : public ::testing::Test {
 protected:
  EvaluationTest() {
    Add("a", "reference", "adult", "0 0");
    Add("b", "reference", "adult", "10 0");
    Add("f", "filler", "adult", "20 0");
    Add("a", "mate", "adult", "0.25 0");
    Add("b", "mate", "child", "4 0");  // nearer to a than to b
    Add("n", "nonmate", "child", "30 0");
  }

  std::string Add(const std::string& identity, const std::string& role, const std::string& cohort,
                  const std::string& photo) {
    const std::string path = std::to_string(++photos_) + ".photo";
    WriteText(folder_.path() / path, photo + "\n" + path);
    manifest_ += identity + "\t" + path + "\t" + role + "\t" + cohort + "\n";
    return path;
  }

  Result<void> Run(const Pipeline& pipeline) {
    options_.manifest = folder_.path() / "set.tsv";
    WriteText(options_.manifest, manifest_);
    out_.str("");
    return Evaluate(options_, pipeline, out_, progress_);
  }

  Json Report(const Pipeline& pipeline = FakePipeline()) {
    const auto done = Run(pipeline);
    EXPECT_TRUE(done) << done.error().message;
    return Json::parse(out_.str());
  }

  testing::TemporaryFolder folder_;
  std::string manifest_ = "identity\tpath\trole\tcohort\n";
  int photos_ = 0;
  EvaluationOptions options_;
  std::ostringstream out_;
  std::ostringstream progress_;
};

TEST_F(EvaluationTest, ReportsWhatWasEnrolledSearchedAndFound) {
  const Json report = Report();
  EXPECT_EQ(report["space"], "fake");
  EXPECT_EQ(report["models_digest"], "digest-1");
  EXPECT_EQ(report["references"], 2);
  EXPECT_EQ(report["fillers"], 1);
  EXPECT_EQ(report["templates"], 3);
  EXPECT_EQ(report["mated"], 2);
  EXPECT_EQ(report["non_mated"], 1);
  EXPECT_EQ(report["failures_to_enrol"], 0);
  EXPECT_EQ(report["rank_1"], 0.5);
  EXPECT_EQ(report["rank_20"], 1.0);
  EXPECT_EQ(report["rank_50"], 1.0);
  EXPECT_EQ(report["rank_1_interval"].size(), 2u);
  EXPECT_THAT(progress_.str(), HasSubstr("photos analysed: 6 of 6 (100 %)"));
  EXPECT_THAT(progress_.str(), HasSubstr("searches: 3 of 3 (100 %)"));
}

TEST_F(EvaluationTest, GivesNullAndTheReasonWhereThereAreTooFewNonMatedSearches) {
  const Json report = Report();
  ASSERT_EQ(report["operating_points"].size(), 5u);
  const std::vector<double> fpirs = {0.1, 0.03, 0.01, 0.003, 0.001};
  for (std::size_t i = 0; i < fpirs.size(); ++i) {
    const Json& point = report["operating_points"][i];
    EXPECT_EQ(point["fpir"], fpirs[i]);
    EXPECT_TRUE(point["threshold"].is_null());
    EXPECT_TRUE(point["fnir"].is_null());
    EXPECT_THAT(point["reason"], HasSubstr("1 non-mated searches"));
  }
}

TEST_F(EvaluationTest, GivesCohortsAtTheOverallThresholdAndAtTheirOwn) {
  for (int i = 0; i < 99; ++i) {
    Add("n" + std::to_string(i), "nonmate", i < 9 ? "child" : "adult",
        std::to_string(i + 1) + " 7");
  }
  const Json report = Report();
  const Json& overall = report["operating_points"][0];
  EXPECT_TRUE(overall["threshold"].is_number());
  EXPECT_LE(overall["fpir_observed"], 0.1);
  const Json& child = report["cohorts"]["child"];
  EXPECT_EQ(child["mated"], 1);
  EXPECT_EQ(child["non_mated"], 10);
  EXPECT_EQ(child["rank_1"], 0.0);
  EXPECT_EQ(child["operating_points"][0]["threshold"], overall["threshold"]);
  EXPECT_TRUE(child["operating_points"][0]["fpir_observed"].is_number());
  EXPECT_TRUE(child["own_operating_points"][0]["threshold"].is_null());
  EXPECT_THAT(child["own_operating_points"][0]["reason"], HasSubstr("100 are needed"));
  EXPECT_EQ(report["cohorts"]["adult"]["rank_1"], 1.0);
}

TEST_F(EvaluationTest, CountsFailuresToEnrolAsMisses) {
  Add("c", "reference", "adult", "nobody");
  Add("c", "mate", "adult", "1 1");   // of a person without any template
  Add("a", "mate", "adult", "torn");  // a probe without one
  const Json report = Report();
  EXPECT_EQ(report["failures_to_enrol"], 2);
  EXPECT_EQ(report["failures_by_role"],
            (Json{{"reference", 1}, {"filler", 0}, {"mate", 1}, {"nonmate", 0}}));
  EXPECT_EQ(report["failures_by_reason"], (Json{{"NO_FACE_FOUND", 1}, {"PHOTO_TRUNCATED", 1}}));
  EXPECT_EQ(report["references"], 3);
  EXPECT_EQ(report["mated"], 4);
  EXPECT_EQ(report["rank_1"], 0.25);
  EXPECT_EQ(report["rank_50"], 0.5);
  EXPECT_EQ(report["cohorts"]["adult"]["failures_to_enrol"], 1);  // of its probes
  EXPECT_EQ(report["failures_by_cohort"]["adult"],
            (Json{{"photos", 7},
                  {"failed", 2},
                  {"by_reason", {{"NO_FACE_FOUND", 1}, {"PHOTO_TRUNCATED", 1}}}}));
}

TEST_F(EvaluationTest, WritesTheCandidatesOfEveryProbe) {
  options_.scores = folder_.path() / "scores.tsv";
  Report();
  EXPECT_EQ(ReadText(*options_.scores),
            "probe\tidentity\trank\tcandidate_identity\tdistance\tspace\n"
            "4.photo\ta\t1\ta\t0.25\tfake\n"
            "4.photo\ta\t2\tb\t9.75\tfake\n"
            "4.photo\ta\t3\tf\t19.75\tfake\n"
            "5.photo\tb\t1\ta\t4\tfake\n"
            "5.photo\tb\t2\tb\t6\tfake\n"
            "5.photo\tb\t3\tf\t16\tfake\n"
            "6.photo\tn\t1\tf\t10\tfake\n"
            "6.photo\tn\t2\tb\t20\tfake\n"
            "6.photo\tn\t3\ta\t30\tfake\n");
}

TEST_F(EvaluationTest, WritesAtMostAHundredCandidatesAProbe) {
  for (int i = 0; i < 120; ++i)
    Add("f" + std::to_string(i), "filler", "", std::to_string(i) + " 1");
  options_.scores = folder_.path() / "scores.tsv";
  Report();
  const std::string scores = ReadText(*options_.scores);
  EXPECT_EQ(std::ranges::count(scores, '\n'), 1 + 3 * 100);
}

TEST_F(EvaluationTest, EnrolsOnlyTheFirstPhotoOfEachWhereAskedTo) {
  Add("a", "reference", "adult", "1 0");
  EXPECT_EQ(Report()["templates"], 4);
  options_.single_photo = true;
  const Json report = Report();
  EXPECT_EQ(report["templates"], 3);
  EXPECT_EQ(report["references"], 2);
  EXPECT_EQ(report["single_photo"], true);
}

TEST_F(EvaluationTest, MeasuresTheSpacesNamedAndRefusesOthersBeforeAnyWork) {
  options_.spaces = {"fake"};
  EXPECT_EQ(Report()["spaces"], Json{"fake"});
  options_.spaces = {"fake", "other"};
  const auto analysed = std::make_shared<std::atomic<int>>(0);
  const auto done = Run(FakePipeline(analysed));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(done.error().message, HasSubstr("`other`; there are: fake."));
  EXPECT_EQ(*analysed, 0);
}

TEST_F(EvaluationTest, WritesThePageAndSaysWhenItCannot) {
  options_.html = folder_.path() / "page.html";
  options_.made_on = "2026-03-15";
  const Json report = Report();
  const std::string page = ReadText(*options_.html);
  EXPECT_THAT(page, HasSubstr(report["manifest_sha256"].get<std::string>()));
  EXPECT_THAT(page, HasSubstr("2026-03-15"));
  EXPECT_THAT(page, HasSubstr("first coordinate")) << "error versus discard by its measure";
  options_.html = folder_.path() / "no" / "such" / "page.html";
  const auto done = Run(FakePipeline());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(done.error().message, HasSubstr("The page "));
  EXPECT_EQ(out_.str(), "");
}

TEST_F(EvaluationTest, TellsTheSetByItsDigest) {
  const Json first = Report();
  EXPECT_EQ(Report()["manifest_sha256"], first["manifest_sha256"]);
  Add("z", "filler", "adult", "50 0");
  EXPECT_NE(Report()["manifest_sha256"], first["manifest_sha256"]);
}

TEST_F(EvaluationTest, GivesTheSameReportWhateverTheNumberOfThreads) {
  const Json one = Report();
  options_.threads = 5;
  EXPECT_EQ(Report(), one);
}

TEST_F(EvaluationTest, AnalysesNoPhotoAgainThatTheCacheKnows) {
  Add("a", "mate", "adult", "nobody");
  options_.cache = folder_.path() / "cache";
  const auto analysed = std::make_shared<std::atomic<int>>(0);
  const Json first = Report(FakePipeline(analysed));
  EXPECT_EQ(*analysed, 7);
  EXPECT_EQ(Report(FakePipeline(analysed)), first);
  EXPECT_EQ(*analysed, 7);
  Pipeline other = FakePipeline(analysed);
  other.models_digest = "digest-2";
  Report(other);
  EXPECT_EQ(*analysed, 14);
}

TEST_F(EvaluationTest, RefusesASetWhoseReferencesAndProbesShareAFileBeforeAnalysingAny) {
  WriteText(folder_.path() / "copy", ReadText(folder_.path() / "1.photo"));
  manifest_ += "a\tcopy\tmate\tadult\n";
  const auto analysed = std::make_shared<std::atomic<int>>(0);
  const auto done = Run(FakePipeline(analysed));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, Reason::kFieldInvalid);
  EXPECT_THAT(done.error().message, HasSubstr("copy is the same file as 1.photo of line 2"));
  EXPECT_EQ(*analysed, 0);
  EXPECT_EQ(out_.str(), "");
}

TEST_F(EvaluationTest, RefusesASetWithAPhotoThatIsNotThere) {
  manifest_ += "z\tmissing.jpg\tfiller\t\n";
  const auto done = Run(FakePipeline());
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr("missing.jpg cannot be read"));
}

TEST_F(EvaluationTest, EndsWhenThePipelineBreaksAndKeepsNoneOfIt) {
  Add("z", "filler", "", "broken");
  options_.cache = folder_.path() / "cache";
  const auto done = Run(FakePipeline());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, Reason::kInternal);
  EXPECT_EQ(out_.str(), "");
}

TEST_F(EvaluationTest, SaysWhenTheScoresCannotBeWritten) {
  options_.scores = folder_.path() / "no" / "such" / "folder.tsv";
  const auto done = Run(FakePipeline());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, Reason::kConfigInvalid);
  EXPECT_EQ(out_.str(), "");
}

}  // namespace
}  // namespace homeward
