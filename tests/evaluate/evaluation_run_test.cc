#include "server/evaluate/evaluation_run.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <sstream>

namespace homeward {
namespace {

const Space kSpace{"fake", "fake.dat", 2};

struct World {
  std::vector<EvaluationPhoto> photos;
  std::vector<Result<Template>> templates;
  std::shared_ptr<const Yardstick> yardstick = nullptr;

  void Add(const std::string& identity, EvaluationRole role,
           std::optional<std::vector<float>> vector) {
    EvaluationPhoto photo;
    photo.identity = identity;
    photo.role = role;
    photos.push_back(photo);
    if (vector) {
      templates.emplace_back(Template{"fake", *vector});
    } else {
      templates.emplace_back(Fail(Reason::kNoFaceFound, "nobody"));
    }
  }

  std::map<std::size_t, FacePrint> prints;  // by photo, of those that have one

  EvaluationRun Run(int threads = 1) const {
    std::ostringstream progress;
    AnalysedPhotos analysed{.templates = templates,
                            .grades = {},
                            .prints = std::vector<std::optional<FacePrint>>(photos.size())};
    for (const auto& [photo, print] : prints) analysed.prints[photo] = print;
    return RunSearches(photos, analysed, {.spaces = {{kSpace, yardstick}}}, threads, progress)
        .value();
  }
};

World RandomWorld(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> normal;
  const auto vector = [&]() -> std::optional<std::vector<float>> {
    if (random() % 6 == 0) return std::nullopt;
    return std::vector<float>{normal(random), normal(random)};
  };
  World world;
  for (std::size_t i = 0; i < 50; ++i) {
    const std::string name = "p" + std::to_string(random() % 20);
    world.Add(name, EvaluationRole::kReference, vector());
    if (random() % 2 == 0) world.Add(name, EvaluationRole::kMate, vector());
    world.Add("f" + std::to_string(i), EvaluationRole::kFiller, vector());
    world.Add("n" + std::to_string(i), EvaluationRole::kNonmate, vector());
  }
  return world;
}

// The distance of each enrolled identity to one probe, nearest first, ties in the order of the set.
std::vector<std::pair<double, std::string>> Naive(const World& world, const Template& probe) {
  std::vector<std::pair<double, std::string>> nearest;
  std::vector<std::string> in_order;
  std::map<std::string, std::vector<std::vector<float>>> vectors;
  for (std::size_t i = 0; i < world.photos.size(); ++i) {
    if (!IsEnrolled(world.photos[i].role)) continue;
    const std::string& identity = world.photos[i].identity;
    if (std::ranges::find(in_order, identity) == in_order.end()) in_order.push_back(identity);
    if (world.templates[i]) vectors[identity].push_back(world.templates[i]->vector);
  }
  for (const std::string& identity : in_order) {
    if (!vectors.contains(identity)) continue;
    const auto mean = MeanTemplate(kSpace, vectors.at(identity)).value().vector;
    const float x = probe.vector[0] - mean[0];
    const float y = probe.vector[1] - mean[1];
    nearest.emplace_back(std::sqrt(static_cast<double>(x * x + y * y)), identity);
  }
  std::ranges::stable_sort(nearest, {}, &std::pair<double, std::string>::first);
  return nearest;
}

RC_GTEST_PROP(EvaluationRunTest, FindsWhatComparingEachWithEachFinds, (std::uint64_t seed)) {
  const World world = RandomWorld(seed);
  const EvaluationRun run = world.Run(2);
  for (const ProbeSearch& search : run.searches) {
    const EvaluationPhoto& photo = world.photos[search.photo];
    const ProbeOutcome& outcome = search.outcome;
    RC_ASSERT(outcome.is_mated == (photo.role == EvaluationRole::kMate));
    RC_ASSERT(outcome.has_template == world.templates[search.photo].has_value());
    if (!outcome.has_template) {
      RC_ASSERT(search.candidates.empty() && !outcome.mate_rank && !outcome.best_value);
      continue;
    }
    const auto expected = Naive(world, *world.templates[search.photo]);
    RC_ASSERT(search.candidates.size() == std::min<std::size_t>(expected.size(), kListLength));
    RC_ASSERT(outcome.best_value == expected.front().first);
    std::optional<int> mate_rank;
    for (std::size_t i = 0; i < search.candidates.size(); ++i) {
      RC_ASSERT(search.candidates[i].distance == expected[i].first);
      RC_ASSERT(search.candidates[i].candidate_identity == expected[i].second);
      RC_ASSERT(search.candidates[i].rank == static_cast<int>(i) + 1);
      if (outcome.is_mated && expected[i].second == photo.identity) {
        mate_rank = static_cast<int>(i) + 1;
        RC_ASSERT(outcome.mate_value == expected[i].first);
      }
    }
    RC_ASSERT(outcome.mate_rank == mate_rank);
    RC_ASSERT(outcome.person == photo.identity);
    RC_ASSERT(outcome.stranger_values.size() + (mate_rank ? 1 : 0) == search.candidates.size());
  }
}

TEST(EvaluationRunTest, CountsPeopleAndTemplatesEnrolled) {
  World world;
  world.Add("a", EvaluationRole::kReference, std::vector<float>{0, 0});
  world.Add("a", EvaluationRole::kReference, std::vector<float>{1, 0});
  world.Add("b", EvaluationRole::kReference, std::nullopt);
  world.Add("f", EvaluationRole::kFiller, std::vector<float>{5, 5});
  const EvaluationRun run = world.Run();
  EXPECT_EQ(run.references, 2);
  EXPECT_EQ(run.fillers, 1);
  EXPECT_EQ(run.templates, 3);
  EXPECT_TRUE(run.searches.empty());
}

TEST(EvaluationRunTest, CountsCopiesOfAPhotographOnceAsTheServiceDoes) {
  World world;
  for (const float x : {0.0F, 0.0F, 3.0F}) {
    world.Add("a", EvaluationRole::kReference, std::vector<float>{x, 0});
  }
  world.Add("a", EvaluationRole::kMate, std::vector<float>{1.5F, 0});
  EXPECT_DOUBLE_EQ(world.Run().searches[0].candidates[0].distance, 0.5);
  std::mt19937 random(1);
  for (auto& value : world.prints[0].values) value = static_cast<std::uint8_t>(random());
  world.prints[1] = world.prints[0];
  for (auto& value : world.prints[2].values) value = static_cast<std::uint8_t>(random());
  EXPECT_DOUBLE_EQ(world.Run().searches[0].candidates[0].distance, 0);
}

TEST(EvaluationRunTest, MissesTheMatesOfAPersonWithoutAnyTemplate) {
  World world;
  world.Add("a", EvaluationRole::kReference, std::nullopt);
  world.Add("f", EvaluationRole::kFiller, std::vector<float>{5, 5});
  world.Add("a", EvaluationRole::kMate, std::vector<float>{0, 0});
  const EvaluationRun run = world.Run();
  ASSERT_EQ(run.searches.size(), 1u);
  EXPECT_TRUE(run.searches[0].outcome.has_template);
  EXPECT_FALSE(run.searches[0].outcome.mate_rank);
  EXPECT_TRUE(run.searches[0].outcome.best_value);
}

// With a yardstick, a value is the number of such hits to be expected among strangers.
TEST(EvaluationRunTest, DecidesByEvidenceWhereThereIsAYardstick) {
  World world = RandomWorld(7);
  const EvaluationRun plain = world.Run();
  std::vector<float> rows;
  for (int i = 0; i < 2 * kSpreadNeighbours; ++i) rows.push_back(3 + 0.01F * static_cast<float>(i));
  const ChanceLine line{.intercept = 3.71,
                        .slope = 1.46,
                        .gallery_exponent = 0.487,
                        .least_gallery = 100,
                        .data = "made up",
                        .measured_on = "2026-11-01"};
  world.yardstick = std::make_shared<const Yardstick>(Cohort::Create(2, rows).value(), line);
  const EvaluationRun weighed = world.Run();
  EXPECT_FALSE(plain.is_weighed);
  EXPECT_TRUE(weighed.is_weighed);
  ASSERT_EQ(plain.searches.size(), weighed.searches.size());
  for (std::size_t i = 0; i < plain.searches.size(); ++i) {
    const ProbeSearch& search = weighed.searches[i];
    EXPECT_EQ(search.outcome.mate_rank, plain.searches[i].outcome.mate_rank) << "same order";
    if (search.outcome.mate_value) {
      EXPECT_GE(*search.outcome.mate_value, *search.outcome.best_value);
      EXPECT_NE(search.outcome.mate_value, plain.searches[i].outcome.mate_value);
    }
  }
}

TEST(EvaluationRunTest, SearchesAnEmptyGallery) {
  World world;
  world.Add("n", EvaluationRole::kNonmate, std::vector<float>{0, 0});
  const EvaluationRun run = world.Run();
  EXPECT_FALSE(run.searches.at(0).outcome.best_value);
}

}  // namespace
}  // namespace homeward
