// How many real photos get no template. The floors are what users are promised;
// benchmarks/RESULTS.md holds the figures.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "models/model_pack.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

FaceAnalyzer& Analyzer() {
  static const auto pack =
      ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  static const auto analyzer = pack->MakeAnalyzer().value();
  return *analyzer;
}

// The share of photos, out of `count` of the set, in which no face gets a template.
double FailuresToEnrol(const std::string& set, std::size_t count) {
  const auto photos = testing::SamplePhotos(set, count);
  std::size_t failures = 0;
  for (const auto& path : photos) {
    const auto faces = Analyzer().Analyze(testing::ReadPhoto(path), {.single_face = true}).value();
    if (!faces.empty() && !faces.front().templates.empty()) continue;
    ++failures;
    std::printf("no template: %s\n", path.c_str());
  }
  return static_cast<double>(failures) / static_cast<double>(photos.size());
}

TEST(EnrolmentFloorTest, AFewPhotosAsTheyComeAllEnrol) {
  if (testing::SamplePhotos("lfw", 1).empty()) GTEST_SKIP() << "no folder of faces";
  EXPECT_EQ(FailuresToEnrol("lfw", 5), 0);
}

TEST(EnrolmentFloorTest, AFewTightCropsEnrolWithAtMostOneFailure) {
  if (testing::SamplePhotos("chinese", 1).empty()) GTEST_SKIP() << "no folder of faces";
  EXPECT_LE(FailuresToEnrol("chinese", 8), 1.0 / 8);
}

TEST(EnrolmentFloorTest, SlowPhotosAsTheyComeFailInOneOfAHundred) {
  if (testing::SamplePhotos("lfw", 1).empty()) GTEST_SKIP() << "no folder of faces";
  EXPECT_LE(FailuresToEnrol("lfw", 60), 0.01);
}

TEST(EnrolmentFloorTest, SlowTightCropsFailInFiveOfAHundred) {
  if (testing::SamplePhotos("chinese", 1).empty()) GTEST_SKIP() << "no folder of faces";
  EXPECT_LE(FailuresToEnrol("chinese", 80), 0.05);
}

}  // namespace
}  // namespace homeward
