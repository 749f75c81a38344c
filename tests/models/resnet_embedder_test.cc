#include "models/resnet_embedder.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <opencv2/imgproc.hpp>
#include <string>

#include "matcher/landmarks.h"
#include "tests/models/face_samples.h"
#include "tests/testing/fake_face_ports.h"

namespace homeward {
namespace {

const Space kSpace{.id = "dlib-resnet-v1", .model = "test", .dimension = 128};
const ChipGeometry kChip{.side_px = 150, .padding = 0.25};

const std::vector<char>& Weights() {
  static const auto weights =
      testing::ReadFile(testing::WeightsFolder() / "dlib_face_recognition_resnet_model_v1.dat");
  return weights;
}

ResnetEmbedder& Embedder() {
  static const auto embedder = ResnetEmbedder::Load(Weights(), kSpace, kChip).value();
  return *embedder;
}

cv::Mat RandomChip(std::uint64_t seed) {
  cv::Mat chip(150, 150, CV_8UC3);
  cv::RNG random(seed);
  random.fill(chip, cv::RNG::UNIFORM, 0, 256);
  return chip;
}

double LargestDifference(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max<double>(largest, std::abs(a[i] - b[i]));
  }
  return largest;
}

TEST(ResnetEmbedderTest, RefusesBytesThatAreNotItsWeights) {
  EXPECT_EQ(ResnetEmbedder::Load(std::string("no weights at all"), kSpace, kChip).error().reason,
            Reason::kModelMismatch);
}

TEST(ResnetEmbedderTest, RefusesASpaceThatItsNetworkDoesNotGive) {
  Space wide = kSpace;
  wide.dimension = 512;
  EXPECT_EQ(ResnetEmbedder::Load(Weights(), wide, kChip).error().reason, Reason::kModelMismatch);
  const ChipGeometry large{.side_px = 160, .padding = 0.25};
  EXPECT_EQ(ResnetEmbedder::Load(Weights(), kSpace, large).error().reason, Reason::kModelMismatch);
}

TEST(ResnetEmbedderTest, AVectorDependsNeitherOnItsBatchNorOnItsPlaceInIt) {
  const std::array<cv::Mat, 3> chips = {RandomChip(1), RandomChip(2), RandomChip(3)};
  const auto together = Embedder().Embed(chips).value();
  ASSERT_EQ(together.size(), 3U);
  for (std::size_t i = 0; i < chips.size(); ++i) {
    EXPECT_EQ(together[i].size(), 128U);
    const auto alone = Embedder().Embed(std::span(chips).subspan(i, 1)).value();
    EXPECT_LT(LargestDifference(together[i], alone.front()), 1e-5);
  }
}

TEST(ResnetEmbedderTest, ACopyGivesTheSameVectors) {
  const std::array<cv::Mat, 1> chips = {RandomChip(4)};
  const auto copy = Embedder().Copy().value();
  EXPECT_EQ(copy->space(), kSpace);
  EXPECT_EQ(copy->Embed(chips).value(), Embedder().Embed(chips).value());
}

TEST(ResnetEmbedderTest, AChipOfAnotherShapeIsAnErrorAndNoException) {
  const std::array<cv::Mat, 1> small = {cv::Mat(100, 150, CV_8UC3, cv::Scalar::all(0))};
  EXPECT_EQ(Embedder().Embed(small).error().reason, Reason::kInternal);
  const std::array<cv::Mat, 1> grey = {cv::Mat(150, 150, CV_8UC1, cv::Scalar::all(0))};
  EXPECT_EQ(Embedder().Embed(grey).error().reason, Reason::kInternal);
}

TEST(ResnetEmbedderTest, NoChipsGiveNoVectors) { EXPECT_TRUE(Embedder().Embed({})->empty()); }

TEST(ResnetEmbedderTest, TheChipPutsTheMeanFaceWhereDlibDoes) {
  // Without its padding a chip is 100 px wide and begins at 25.
  Landmarks landmarks;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    landmarks[i] = {static_cast<float>(25 + 100 * kMeanFace[i][0]),
                    static_cast<float>(25 + 100 * kMeanFace[i][1])};
  }
  cv::Mat picture(150, 150, CV_8UC3, cv::Scalar::all(0));
  cv::circle(picture, landmarks[4], 4, {10, 200, 30}, cv::FILLED);
  const cv::Mat chip = Embedder().CutChip(picture, landmarks);
  ASSERT_EQ(chip.size(), cv::Size(150, 150));
  cv::Mat difference;
  cv::absdiff(chip, picture, difference);
  EXPECT_LT(cv::mean(difference)[1], 0.5);
  EXPECT_EQ(chip.at<cv::Vec3b>(cv::Point(landmarks[4])), cv::Vec3b(10, 200, 30));
}

TEST(ResnetEmbedderTest, AChipFollowsThePose) {
  const cv::Rect2f box(60, 40, 200, 200);
  cv::Mat picture(300, 320, CV_8UC3, cv::Scalar::all(0));
  const Landmarks landmarks = testing::MeanFaceIn(box);
  cv::circle(picture, landmarks[4], 9, {10, 200, 30}, cv::FILLED);
  cv::Mat upside_down;
  cv::rotate(picture, upside_down, cv::ROTATE_180);
  Landmarks turned = landmarks;
  for (cv::Point2f& point : turned) point = cv::Point2f(319, 299) - point;
  cv::Mat difference;
  cv::absdiff(Embedder().CutChip(picture, landmarks), Embedder().CutChip(upside_down, turned),
              difference);
  EXPECT_LT(cv::mean(difference)[1], 0.5);
}

// Needs dlib's Python package: HOMEWARD_REFERENCE=$(tools/fetch.py reference), as `./run test`
// does.
TEST(ResnetEmbedderTest, SlowRawVectorsEqualTheReferencePackages) {
  const char* packages = std::getenv("HOMEWARD_REFERENCE");
  if (packages == nullptr) GTEST_SKIP() << "HOMEWARD_REFERENCE names no folder with dlib";
  std::vector<cv::Mat> chips = {RandomChip(5), RandomChip(6)};
  for (const auto& path : testing::SamplePhotos("lfw", 30)) {
    const Photo photo = testing::ReadPhoto(path);
    chips.push_back(Embedder().CutChip(photo.bgr, testing::MeanFaceIn({75, 80, 100, 100})));
  }
  const auto vectors = Embedder().Embed(chips).value();
  const auto folder = std::filesystem::path(::testing::TempDir()) / "homeward-reference";
  std::filesystem::create_directories(folder);
  std::ofstream chip_file(folder / "chips.bgr", std::ios::binary);
  std::ofstream vector_file(folder / "vectors.f32", std::ios::binary);
  for (std::size_t i = 0; i < chips.size(); ++i) {
    const cv::Mat chip = chips[i].clone();
    chip_file.write(reinterpret_cast<const char*>(chip.data), 150 * 150 * 3);
    vector_file.write(reinterpret_cast<const char*>(vectors[i].data()), 128 * sizeof(float));
  }
  chip_file.close();
  vector_file.close();
  const std::string command =
      "PYTHONPATH=" + std::string(packages) +
      " /usr/bin/python3 " HOMEWARD_SOURCE_DIR "/benchmarks/reference_embedding.py " +
      (testing::WeightsFolder() / "dlib_face_recognition_resnet_model_v1.dat").string() + " " +
      folder.string();
  EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c): a test's own command
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace homeward
