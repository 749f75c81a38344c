#include "models/embedder_trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace homeward {
namespace {

using ::testing::HasSubstr;
using Vectors = std::vector<std::vector<float>>;

constexpr int kSide = 40;

// The means of a chip's colours, altered as a test wants.
class MeansEmbedder final : public FaceEmbedder {
 public:
  using Alter = std::function<void(Vectors&)>;
  explicit MeansEmbedder(Alter alter = [](Vectors&) {}) : alter_(std::move(alter)) {}

  const Space& space() const override { return space_; }
  cv::Mat CutChip(const cv::Mat& bgr, const Landmarks&) const override { return bgr; }
  Result<Vectors> Embed(std::span<const cv::Mat> chips) override {
    Vectors vectors;
    for (const cv::Mat& chip : chips) {
      const cv::Scalar mean = cv::mean(chip) / 256;
      vectors.push_back({static_cast<float>(mean[0]), static_cast<float>(mean[1])});
    }
    alter_(vectors);
    return vectors;
  }

 private:
  const Space space_{.id = "means", .model = "test", .dimension = 2};
  const Alter alter_;
};

Result<void> Try(const MeansEmbedder::Alter& alter) {
  MeansEmbedder candidate(alter);
  MeansEmbedder reference;
  return TryEmbedder(candidate, reference, kSide);
}

TEST(EmbedderTrialTest, ItsChipsAreTheSameEachTimeAndDifferFromEachOther) {
  const auto chips = TrialChips(kSide);
  const auto again = TrialChips(kSide);
  ASSERT_EQ(chips.size(), 20U);
  for (std::size_t i = 0; i < chips.size(); ++i) {
    ASSERT_EQ(chips[i].size(), cv::Size(kSide, kSide));
    EXPECT_EQ(cv::norm(chips[i], again[i], cv::NORM_INF), 0);
    if (i == 0) continue;
    EXPECT_GT(cv::norm(chips[i], chips[i - 1], cv::NORM_INF), 0);
  }
}

TEST(EmbedderTrialTest, AnEmbedderWithinTheToleranceStandsIn) {
  EXPECT_TRUE(Try([](Vectors&) {}));
  EXPECT_TRUE(Try([](Vectors& vectors) {
    for (auto& vector : vectors) vector[1] += 1e-6F;
  }));
}

TEST(EmbedderTrialTest, AnEmbedderFurtherOffDoesNot) {
  const auto tried = Try([](Vectors& vectors) {
    for (auto& vector : vectors) vector[1] += 3e-6F;
  });
  ASSERT_FALSE(tried);
  EXPECT_THAT(tried.error().message, HasSubstr("differ"));
}

TEST(EmbedderTrialTest, AVectorThatIsNoNumberDoesNot) {
  EXPECT_FALSE(
      Try([](Vectors& vectors) { vectors.back()[0] = std::numeric_limits<float>::quiet_NaN(); }));
}

TEST(EmbedderTrialTest, AVectorThatDependsOnTheBatchDoesNot) {
  for (const std::size_t batch : {1U, 2U}) {
    const auto tried = Try([batch](Vectors& vectors) {
      if (vectors.size() != batch) return;
      for (float& value : vectors.front()) value = std::nextafter(value, 2.0F);
    });
    ASSERT_FALSE(tried);
    EXPECT_THAT(tried.error().message, HasSubstr("batch"));
  }
}

}  // namespace
}  // namespace homeward
