#include "models/onednn_embedder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <dnnl.hpp>
#include <set>
#include <thread>

#include "models/embedder_trial.h"
#include "models/model_pack.h"
#include "models/onednn_convolution.h"
#include "models/single_thread.h"
#include "tests/models/resnet_samples.h"

namespace homeward {
namespace {

using testing::DlibResnet;
using testing::OnednnResnet;

class OnednnEmbedderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!OnednnIsFastHere()) GTEST_SKIP() << "this processor has no AVX2";
  }
};

TEST_F(OnednnEmbedderTest, StandsInForDlib) {
  const auto tried = TryEmbedder(OnednnResnet(), DlibResnet(), 150);
  EXPECT_TRUE(tried) << tried.error().message;
}

// What oneDNN may use is set once for a whole process, before it is asked: in one of its own.
TEST(OnednnEmbedderDeathTest, StandsInForDlibOnAProcessorWithoutAvx512) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto run = [] {
    dnnl::set_max_cpu_isa(dnnl::cpu_isa::avx2);
    if (!OnednnIsFastHere()) std::_Exit(0);
    const bool same = TryEmbedder(OnednnResnet(), DlibResnet(), 150).has_value();
    std::_Exit(same && ChannelsInABlock() == 8 ? 0 : 1);
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

TEST(OnednnEmbedderDeathTest, RefusesAProcessorWithoutAvx2) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto run = [] {
    dnnl::set_max_cpu_isa(dnnl::cpu_isa::sse41);
    const auto built = OnednnEmbedder::Build(DlibResnet().Folded().value(), testing::kResnetSpace,
                                             testing::kResnetChip);
    std::_Exit(!built && built.error().message.contains("AVX2") ? 0 : 1);
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

TEST_F(OnednnEmbedderTest, RefusesASpaceThatItsNetworkDoesNotGive) {
  Space wide = testing::kResnetSpace;
  wide.dimension = 512;
  EXPECT_FALSE(OnednnEmbedder::Build(DlibResnet().Folded().value(), wide, testing::kResnetChip));
}

TEST_F(OnednnEmbedderTest, WorkersAtOnceGiveTheSameBits) {
  const auto chips = TrialChips(150);
  const auto expected = OnednnResnet().Embed(chips).value();
  std::vector<std::vector<std::vector<float>>> got(3);
  std::vector<std::thread> workers;
  for (auto& vectors : got) {
    workers.emplace_back([&vectors, &chips] {
      const auto embedder = OnednnResnet().Copy().value();
      for (const cv::Mat& chip : chips) {
        vectors.push_back(embedder->Embed({&chip, 1}).value().front());
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  for (const auto& vectors : got) EXPECT_EQ(vectors, expected);
}

TEST_F(OnednnEmbedderTest, LeavesTheCallerItsNumberOfThreads) {
  omp_set_num_threads(3);
  const auto chips = TrialChips(150);
  EXPECT_TRUE(OnednnResnet().Embed({chips.data(), 1}));
  EXPECT_EQ(omp_get_max_threads(), 3);
}

TEST_F(OnednnEmbedderTest, AChipOfAnotherShapeIsAnErrorAndNoException) {
  const cv::Mat small(100, 150, CV_8UC3, cv::Scalar::all(0));
  EXPECT_EQ(OnednnResnet().Embed({&small, 1}).error().reason, Reason::kInternal);
  const cv::Mat grey(150, 150, CV_8UC1, cv::Scalar::all(0));
  EXPECT_EQ(OnednnResnet().Embed({&grey, 1}).error().reason, Reason::kInternal);
  EXPECT_TRUE(OnednnResnet().Embed({})->empty());
}

TEST_F(OnednnEmbedderTest, CutsTheChipThatDlibsCuts) {
  cv::Mat picture(300, 320, CV_8UC3);
  cv::RNG(3).fill(picture, cv::RNG::UNIFORM, 0, 256);
  const Landmarks landmarks = {{{200, 100}, {180, 101}, {110, 99}, {130, 100}, {155, 160}}};
  EXPECT_EQ(cv::norm(OnednnResnet().CutChip(picture, landmarks),
                     DlibResnet().CutChip(picture, landmarks), cv::NORM_INF),
            0);
}

// The twenty nearest of each template, as sets.
std::vector<std::set<std::size_t>> Neighbours(const std::vector<std::vector<float>>& templates) {
  std::vector<std::set<std::size_t>> all;
  for (std::size_t i = 0; i < templates.size(); ++i) {
    std::vector<std::pair<float, std::size_t>> others;
    for (std::size_t j = 0; j < templates.size(); ++j) {
      float distance = 0;
      for (std::size_t k = 0; k < templates[i].size(); ++k) {
        distance += (templates[i][k] - templates[j][k]) * (templates[i][k] - templates[j][k]);
      }
      if (j != i) others.emplace_back(distance, j);
    }
    std::ranges::partial_sort(others, others.begin() + 20);
    std::set<std::size_t> nearest;
    for (std::size_t k = 0; k < 20; ++k) nearest.insert(others[k].second);
    all.push_back(std::move(nearest));
  }
  return all;
}

// The chips of the faces that are found in photos of each set.
std::vector<cv::Mat> RealChips(std::size_t photos_a_set) {
  const auto pack = ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  const auto analyzer = pack->MakeAnalyzer().value();
  std::vector<cv::Mat> chips;
  for (const char* set : {"lfw", "chinese", "filler"}) {
    auto photos = testing::SamplePhotos(set, photos_a_set);
    const auto repeated = std::ranges::unique(photos);  // where more are asked for than there are
    photos.erase(repeated.begin(), repeated.end());
    for (const auto& path : photos) {
      const Photo photo = testing::ReadPhoto(path);
      const auto faces = analyzer->Analyze(photo, {.single_face = true}).value();
      for (const Face& face : faces) {
        if (face.templates.empty()) continue;
        chips.push_back(DlibResnet().CutChip(photo.bgr, face.landmarks));
      }
    }
  }
  return chips;
}

// HOMEWARD_PHOTOS_A_SET: more photos than CI takes.
TEST_F(OnednnEmbedderTest, SlowRanksRealFacesAsDlibDoes) {
  if (testing::SamplePhotos("lfw", 1).empty()) GTEST_SKIP() << "no folder of faces";
  const char* asked = std::getenv("HOMEWARD_PHOTOS_A_SET");
  const auto chips = RealChips(asked == nullptr ? 80 : std::stoul(asked));
  ASSERT_GT(chips.size(), 100U);
  const auto ours = OnednnResnet().Embed(chips).value();
  const auto dlibs = DlibResnet().Embed(chips).value();
  float largest = 0;
  for (std::size_t chip = 0; chip < chips.size(); ++chip) {
    for (std::size_t i = 0; i < 128; ++i) {
      largest = std::max(largest, std::abs(ours[chip][i] - dlibs[chip][i]));
    }
  }
  EXPECT_LE(largest, kTrialTolerance);
  EXPECT_EQ(Neighbours(ours), Neighbours(dlibs));
  RecordProperty("chips", static_cast<int>(chips.size()));
  RecordProperty("largest_difference", std::to_string(largest * 1e6F) + "e-6");
}

}  // namespace
}  // namespace homeward
