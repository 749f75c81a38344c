#include "models/onednn_detector.h"

#include <gtest/gtest.h>

#include <algorithm>
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
  EXPECT_FALSE(OnednnDetector::Build(std::string("no weights at all"), Precision::kFloat32));
}

TEST_F(OnednnDetectorTest, GivesDlibsBoxes) {
  const auto photos = testing::SamplePhotos("lfw", 3);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto fast = OnednnDetector::Build(Weights(), Precision::kFloat32).value();
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
  const auto fast = OnednnDetector::Build(Weights(), Precision::kFloat32).value();
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

double ShareOfUnion(const cv::Rect2f& a, const cv::Rect2f& b) {
  const double shared = (a & b).area();
  return shared / (a.area() + b.area() - shared);
}

// How much of each box of `expected` the one of `got` that covers it most shares with it.
std::vector<double> BestShares(const std::vector<cv::Rect2f>& expected,
                               const std::vector<cv::Rect2f>& got) {
  std::vector<double> shares;
  for (const cv::Rect2f& box : expected) {
    double best = 0;
    for (const cv::Rect2f& other : got) best = std::max(best, ShareOfUnion(box, other));
    shares.push_back(best);
  }
  return shares;
}

class HalfPrecisionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!Bfloat16IsFastHere()) GTEST_SKIP() << "this processor has no AVX512_BF16";
    if (testing::SamplePhotos("lfw", 1).empty()) GTEST_SKIP() << "no folder of faces";
  }
};

TEST_F(HalfPrecisionTest, FindsTheFacesThatFullPrecisionFinds) {
  const auto full = OnednnDetector::Build(Weights(), Precision::kFloat32).value();
  const auto half = OnednnDetector::Build(Weights(), Precision::kBfloat16).value();
  for (const auto& photo : testing::SamplePhotos("lfw", 4)) {
    const cv::Mat picture = WithSide(photo, 333);
    const auto expected = full->Detect(picture).value();
    const auto got = half->Detect(picture).value();
    EXPECT_EQ(got.size(), expected.size()) << photo;
    for (const double share : BestShares(expected, got)) EXPECT_GT(share, 0.6) << photo;
  }
}

TEST_F(HalfPrecisionTest, SlowFindsTheSameFacesInPhotosOfEverySet) {
  const auto full = OnednnDetector::Build(Weights(), Precision::kFloat32).value();
  const auto half = OnednnDetector::Build(Weights(), Precision::kBfloat16).value();
  int faces = 0;
  int elsewhere = 0;
  for (const char* set : {"lfw", "chinese", "filler"}) {
    for (const auto& photo : testing::SamplePhotos(set, 40)) {
      const cv::Mat picture = WithSide(photo, 640);
      const auto expected = full->Detect(picture).value();
      const auto got = half->Detect(picture).value();
      EXPECT_EQ(got.size(), expected.size()) << photo;
      for (const double share : BestShares(expected, got)) {
        ++faces;
        if (share <= 0.8) ++elsewhere;
        EXPECT_GT(share, 0.6) << photo;  // two neighbours in the pyramid score alike
      }
    }
  }
  EXPECT_GT(faces, 60);
  EXPECT_LE(elsewhere, faces / 30);
}

TEST_F(OnednnDetectorTest, MoreSizesThanAreKeptGiveTheSameBoxesAgain) {
  const auto photos = testing::SamplePhotos("lfw", 1);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto detector = OnednnDetector::Build(Weights(), Precision::kFloat32).value();
  const auto before = detector->Detect(WithSide(photos[0], 240)).value();
  for (int side = 100; side < 112; ++side) {
    EXPECT_TRUE(detector->Detect(WithSide(photos[0], side)));
  }
  EXPECT_EQ(detector->Detect(WithSide(photos[0], 240)).value(), before);
}

TEST_F(OnednnDetectorTest, WorkersAtOnceFindTheSame) {
  const auto photos = testing::SamplePhotos("lfw", 1);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto detector = OnednnDetector::Build(Weights(), Precision::kFloat32).value();
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
    const bool refuses_half = !OnednnDetector::Build(Weights(), Precision::kBfloat16);
    const bool stands_in =
        !OnednnIsFastHere() || OnednnDetector::Build(Weights(), Precision::kFloat32);
    std::_Exit(refuses_half && stands_in ? 0 : 1);
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace homeward
