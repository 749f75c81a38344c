// Real photo x measure -> what must come out, through the whole pipeline; drawn photos, and what
// the table means: tests/matcher/quality_conformance_test.cc. The photos are read from where they
// lie.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "models/model_pack.h"
#include "tests/matcher/expected_quality.h"
#include "tests/models/face_samples.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

using testing::ExpectedComponents;

struct Row {
  const char* photo;  // below the folder of faces
  ExpectedComponents expected;
};

// clang-format off
const std::array kRows = {
    Row{"filler/east-asian-adult/east-asian-adult_0000.jpg",
        {{}}},
    Row{"filler/east-asian-adult/east-asian-adult_0100.jpg",
        {{}}},
    Row{"filler/child/child_0000.jpg",
        {{}}},
    Row{"filler/child/child_0100.jpg",
        {{}}},
    Row{"filler/elderly/elderly_0000.jpg",
        {{}}},
    Row{"filler/elderly/elderly_0100.jpg",
        {{}}},
    Row{"chinese/p001/p001_01.jpg",
        {{}}},
    Row{"chinese/p050/p050_01.jpg",
        {{}}},
};
// clang-format on

Quality QualityIn(const Photo& photo) {
  static const auto pack =
      ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  static const auto analyzer = pack->MakeAnalyzer().value();
  const auto faces =
      analyzer->Analyze(photo, {.single_face = true, .make_templates = false}).value();
  return faces.empty() ? Quality{} : faces.front().quality;
}

TEST(QualityOfRealPhotosTest, IsTheTables) {
  if (!std::filesystem::is_directory(testing::FacesFolder())) GTEST_SKIP() << "no folder of faces";
  for (const Row& row : kRows) {
    const Photo photo = testing::ReadPhoto(testing::FacesFolder() / row.photo);
    testing::ExpectComponents(QualityIn(photo), row.expected, row.photo);
  }
}

int ScoreOf(const Photo& photo, QualityMeasure measure) {
  for (const QualityComponent& each : QualityIn(photo).components) {
    if (each.measure == measure) return each.score.value_or(-1);
  }
  return -1;
}

TEST(QualityOfRealPhotosTest, FallsWithBlurAndCompression) {
  if (!std::filesystem::is_directory(testing::FacesFolder())) GTEST_SKIP() << "no folder of faces";
  for (const Row& row : kRows) {
    Photo photo = testing::ReadPhoto(testing::FacesFolder() / row.photo);
    int sharpness = ScoreOf(photo, QualityMeasure::kSharpness);
    int compression = 100;
    const cv::Mat original = photo.bgr.clone();
    for (const double sigma : {1.0, 2.0, 3.0}) {
      cv::GaussianBlur(original, photo.bgr, {}, sigma);
      const int blurred = ScoreOf(photo, QualityMeasure::kSharpness);
      EXPECT_LE(blurred, sharpness) << row.photo << " blurred by " << sigma;
      sharpness = blurred;
    }
    for (const int quality : {75, 30, 15, 7}) {
      const Photo copy = DecodePhoto(testing::MakeJpeg(original, {.quality = quality})).value();
      const int compressed = ScoreOf(copy, QualityMeasure::kCompressionArtifacts);
      EXPECT_LE(compressed, compression) << row.photo << " at " << quality;
      compression = compressed;
    }
    EXPECT_LT(compression, 20) << row.photo;
  }
}

}  // namespace
}  // namespace homeward
