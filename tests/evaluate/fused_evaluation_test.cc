// An evaluation of spaces that are searched as one.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "server/evaluate/analyzer_pipeline.h"
#include "server/evaluate/calibration.h"
#include "server/evaluate/evaluation.h"
#include "tests/evaluate/fake_pipeline.h"
#include "tests/testing/temporary_folder.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using testing::TemporaryFolder;

std::shared_ptr<const Yardstick> FakeYardstick() {
  std::mt19937_64 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> rows;
  for (int i = 0; i < 2 * kSpreadNeighbours; ++i) rows.push_back(normal(random));
  const ChanceLine line{.intercept = 3,
                        .slope = 1.5,
                        .gallery_exponent = 0.5,
                        .least_gallery = 1,
                        .least_chance = 0.001,
                        .data = "made up",
                        .measured_on = "2026-11-01"};
  return std::make_shared<const Yardstick>(Cohort::Create(2, rows).value(), line);
}

// Sees what the fake sees, or its mirror.
Pipeline Member(const std::string& id, bool is_mirrored) {
  Pipeline pipeline = FakePipeline();
  pipeline.space.id = id;
  pipeline.models_digest = id;
  pipeline.yardstick = FakeYardstick();
  pipeline.make_worker = [=, space = pipeline.space]() -> Result<TemplateMaker> {
    return [=](std::span<const std::uint8_t> photo) {
      auto made = ReadFakePhoto(photo, space);
      if (made && is_mirrored) std::ranges::reverse(made->face_template.vector);
      return made;
    };
  };
  return pipeline;
}

Pipeline Fused() {
  const Fusion fusion{.id = "both",
                      .space_ids = {"one", "other"},
                      .line = {.intercept = 3,
                               .slope = 0.75,
                               .gallery_exponent = 0.5,
                               .least_gallery = 1,
                               .least_chance = 0.001,
                               .data = "made up",
                               .measured_on = "2026-11-01"}};
  Pipeline pipeline = FusedPipeline(fusion, {Member("one", false), Member("other", true)});
  pipeline.operating_point = {.name = "point",
                              .space_id = "both",
                              .threshold = 1,
                              .fpir = 0.1,
                              .gallery_size = 3,
                              .data = "made up",
                              .measured_on = "2026-11-01"};
  return pipeline;
}

class FusedEvaluationTest : public ::testing::Test {
 protected:
  // Each person stands at a place of their own, far from all others.
  void Write(int people, int strangers) {
    std::string set = "identity\tpath\trole\tcohort\n";
    const auto add = [&](const std::string& name, const std::string& role, double x, double y) {
      const std::string path = name + "-" + role + ".txt";
      WriteText(folder_.path() / path, fmt::format("{} {}", x, y));
      set += fmt::format("{}\t{}\t{}\tall\n", name, path, role);
    };
    for (int i = 0; i < people; ++i) {
      add(fmt::format("p{}", i), "reference", 10.0 * i, 3);
      add(fmt::format("p{}", i), "mate", 10.0 * i + 0.01, 3.01);
    }
    for (int i = 0; i < strangers; ++i)
      add(fmt::format("s{}", i), "nonmate", 10.0 * i + 4, -40 + i);
    WriteText(folder_.path() / "set.tsv", set);
  }

  TemporaryFolder folder_;
};

TEST_F(FusedEvaluationTest, FindsEverybodyAndNamesTheSpaces) {
  Write(12, 20);
  EvaluationOptions options;
  options.manifest = folder_.path() / "set.tsv";
  options.cache = folder_.path() / "cache";
  options.spaces = {"both"};
  std::ostringstream out;
  std::ostringstream progress;
  for (int run = 0; run < 2; ++run) {
    out.str("");
    progress.str("");
    const auto done = Evaluate(options, Fused(), out, progress);
    ASSERT_TRUE(done) << done.error().message;
  }
  EXPECT_NE(progress.str().find("44 of 44 photos were analysed before"), std::string::npos)
      << progress.str();
  const auto report = nlohmann::json::parse(out.str());
  EXPECT_EQ(report["space"], "both");
  EXPECT_THAT(report["spaces"], ElementsAre("one", "other"));
  EXPECT_EQ(report["normalised"], true);
  EXPECT_EQ(report["rank_1"], 1.0);
  EXPECT_EQ(report["active_operating_point"]["decided_by"], "chance");
  EXPECT_EQ(report["active_operating_point"]["fnir"], 0.0);
}

TEST_F(FusedEvaluationTest, AnOperatingPointIsMeasuredForTheFusion) {
  Write(12, 60);
  const CalibrationOptions options{.manifest = folder_.path() / "set.tsv",
                                   .cache = {},
                                   .threads = 2,
                                   .name = "mine",
                                   .fpir = 0.2,
                                   .data = "made up",
                                   .measured_on = "2026-11-22"};
  std::ostringstream out;
  std::ostringstream progress;
  const auto done = Calibrate(options, Fused(), out, progress);
  ASSERT_TRUE(done) << done.error().message;
  const auto document = nlohmann::json::parse(out.str());
  EXPECT_EQ(document["operating_point"]["space"], "both");
  EXPECT_EQ(document["decided_by"], "chance");
  EXPECT_GE(document["operating_point"]["chance"], 0.001);
  EXPECT_LE(document["after"]["fpir_observed"], 0.2);
}

}  // namespace
}  // namespace homeward
