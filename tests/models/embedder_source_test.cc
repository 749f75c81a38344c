#include "models/embedder_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <dnnl.hpp>

#include "models/embedder_trial.h"
#include "models/onednn_convolution.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

EmbedderSource Opened(EmbedderEngine engine) {
  const auto manifest = ReadManifest(testing::ManifestFile()).value();
  const SpaceEntry& entry = manifest.spaces.front();
  const ModelFile& file = *std::ranges::find(manifest.files, entry.file, &ModelFile::id);
  const auto bytes = testing::ReadFile(testing::WeightsFolder() / file.file_name);
  return OpenEmbedderSource(file, entry, {bytes.begin(), bytes.end()}, engine).value();
}

std::vector<std::vector<float>> SomeVectors(const EmbedderSource& source) {
  const auto chips = TrialChips(150);
  return source.make().value()->Embed({chips.data(), 3}).value();
}

TEST(EmbedderSourceTest, GivesDlibsNetworkToOnednn) {
  if (!OnednnIsFastHere()) GTEST_SKIP() << "this processor has no AVX2";
  const auto source = Opened(EmbedderEngine::kAuto);
  EXPECT_EQ(source.engine, "oneDNN");
  EXPECT_EQ(source.why_not_fast, "");
  EXPECT_EQ(SomeVectors(source), SomeVectors(source));
}

TEST(EmbedderSourceTest, LeavesItToDlibWhereAsked) {
  const auto source = Opened(EmbedderEngine::kDlib);
  EXPECT_EQ(source.engine, "dlib");
  EXPECT_EQ(source.why_not_fast, "");
  EXPECT_EQ(SomeVectors(source).size(), 3U);
}

TEST(EmbedderSourceDeathTest, FallsBackToDlibAndSaysWhy) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto run = [] {
    dnnl::set_max_cpu_isa(dnnl::cpu_isa::sse41);
    const auto source = Opened(EmbedderEngine::kAuto);
    const bool told = source.engine == "dlib" && source.why_not_fast.contains("AVX2");
    std::_Exit(told && SomeVectors(source).size() == 3 ? 0 : 1);
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace homeward
