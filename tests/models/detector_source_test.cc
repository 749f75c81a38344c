#include "models/detector_source.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <dnnl.hpp>

#include "models/onednn_convolution.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

Result<DetectorSource> Opened(EmbedderEngine engine, const std::string& format = "dlib-mmod") {
  ModelFile file;
  file.format = format;
  return OpenDetectorSource(
      file, testing::ReadFile(testing::WeightsFolder() / "mmod_human_face_detector.dat"), engine);
}

bool Works(const DetectorSource& source) {
  const cv::Mat grey(120, 160, CV_8UC3, cv::Scalar::all(128));
  return source.make().value()->Detect(grey).value().empty();
}

TEST(DetectorSourceTest, GivesDlibsNetworkToOnednn) {
  if (!OnednnIsFastHere()) GTEST_SKIP() << "this processor has no AVX2";
  const auto source = Opened(EmbedderEngine::kAuto).value();
  EXPECT_EQ(source.engine, Bfloat16IsFastHere() ? "oneDNN in 16-bit floats" : "oneDNN");
  EXPECT_EQ(source.why_not_fast, "");
  EXPECT_TRUE(Works(source));
}

TEST(DetectorSourceTest, LeavesItToDlibWhereAsked) {
  const auto source = Opened(EmbedderEngine::kDlib).value();
  EXPECT_EQ(source.engine, "dlib");
  EXPECT_TRUE(Works(source));
}

TEST(DetectorSourceTest, RefusesAFormatThatItDoesNotKnow) {
  EXPECT_EQ(Opened(EmbedderEngine::kAuto, "own").error().reason, Reason::kConfigInvalid);
}

TEST(DetectorSourceDeathTest, TakesAllBitsOnAProcessorThatIsSlowInHalfOfThem) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto run = [] {
    dnnl::set_max_cpu_isa(dnnl::cpu_isa::avx2);
    const auto source = Opened(EmbedderEngine::kAuto).value();
    const bool told = source.engine == (OnednnIsFastHere() ? "oneDNN" : "dlib");
    std::_Exit(told && Works(source) ? 0 : 1);
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

TEST(DetectorSourceDeathTest, FallsBackToDlibAndSaysWhy) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto run = [] {
    dnnl::set_max_cpu_isa(dnnl::cpu_isa::sse41);
    const auto source = Opened(EmbedderEngine::kAuto).value();
    const bool told = source.engine == "dlib" && source.why_not_fast.contains("AVX2");
    std::_Exit(told && Works(source) ? 0 : 1);
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace homeward
