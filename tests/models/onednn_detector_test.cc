#include "models/onednn_detector.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <dnnl.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <thread>

#include "models/mmod_detector.h"
#include "models/onednn_convolution.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

const std::vector<char>& Weights() {
  static const auto weights =
      testing::ReadFile(testing::WeightsFolder() / "mmod_human_face_detector.dat");
  return weights;
}

class OnednnDetectorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!OnednnIsFastHere()) GTEST_SKIP() << "this processor has no AVX2";
  }
};

cv::Mat WithSide(const std::filesystem::path& path, int side) {
  const cv::Mat bgr = testing::ReadPhoto(path).bgr;
  cv::Mat resized;
  const double scale = static_cast<double>(side) / std::max(bgr.cols, bgr.rows);
  cv::resize(bgr, resized, {}, scale, scale);
  return resized;
}

TEST_F(OnednnDetectorTest, RefusesBytesThatAreNotItsWeights) {
  EXPECT_FALSE(OnednnDetector::Build(std::string("no weights at all")));
}

TEST_F(OnednnDetectorTest, GivesDlibsBoxes) {
  const auto photos = testing::SamplePhotos("lfw", 3);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto fast = OnednnDetector::Build(Weights()).value();
  const auto dlib = MmodDetector::Load(Weights()).value();
  for (const auto& photo : photos) {
    for (const int side : {200, 333}) {
      const cv::Mat picture = WithSide(photo, side);
      EXPECT_EQ(fast->Detect(picture).value(), dlib->Detect(picture).value()) << photo << side;
    }
  }
}

TEST_F(OnednnDetectorTest, SlowGivesDlibsBoxesInPhotosOfEverySet) {
  if (testing::SamplePhotos("lfw", 1).empty()) GTEST_SKIP() << "no folder of faces";
  const auto fast = OnednnDetector::Build(Weights()).value();
  const auto dlib = MmodDetector::Load(Weights()).value();
  std::size_t faces = 0;
  for (const char* set : {"lfw", "chinese", "filler"}) {
    for (const auto& photo : testing::SamplePhotos(set, 12)) {
      const cv::Mat picture = WithSide(photo, 640);
      const auto expected = dlib->Detect(picture).value();
      faces += expected.size();
      EXPECT_EQ(fast->Detect(picture).value(), expected) << photo;
    }
  }
  EXPECT_GT(faces, 20U);
}

TEST_F(OnednnDetectorTest, MoreSizesThanAreKeptGiveTheSameBoxesAgain) {
  const auto photos = testing::SamplePhotos("lfw", 1);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto detector = OnednnDetector::Build(Weights()).value();
  const auto before = detector->Detect(WithSide(photos[0], 240)).value();
  for (int side = 100; side < 112; ++side) {
    EXPECT_TRUE(detector->Detect(WithSide(photos[0], side)));
  }
  EXPECT_EQ(detector->Detect(WithSide(photos[0], 240)).value(), before);
}

TEST_F(OnednnDetectorTest, WorkersAtOnceFindTheSame) {
  const auto photos = testing::SamplePhotos("lfw", 1);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto detector = OnednnDetector::Build(Weights()).value();
  const cv::Mat picture = WithSide(photos[0], 240);
  const auto expected = detector->Detect(picture).value();
  EXPECT_FALSE(expected.empty());
  std::vector<std::vector<cv::Rect2f>> found(3);
  std::vector<std::thread> workers;
  for (auto& boxes : found) {
    workers.emplace_back([&] { boxes = detector->Copy().value()->Detect(picture).value(); });
  }
  for (std::thread& worker : workers) worker.join();
  for (const auto& boxes : found) EXPECT_EQ(boxes, expected);
}

TEST(OnednnDetectorDeathTest, StandsInForDlibOnAProcessorWithoutAvx512) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto run = [] {
    dnnl::set_max_cpu_isa(dnnl::cpu_isa::avx2);
    std::_Exit(!OnednnIsFastHere() || OnednnDetector::Build(Weights()) ? 0 : 1);
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace homeward
