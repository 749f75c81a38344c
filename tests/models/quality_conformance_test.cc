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
// Each in the order of kQualityMeasures: {native, score}.
const std::array kRows = {
    Row{"filler/east-asian-adult/east-asian-adult_0000.jpg",
        {{{96.25, 79}, {1161, 100}, {0.005, 20}, {0.3203, 92}, {0.1189, 100},
          {7.357, 92}, {0.236, 98}, {3.168, 100}, {-2.853, 100}, {0.9746, 87}}}},
    Row{"filler/east-asian-adult/east-asian-adult_0100.jpg",
        {{{72.46, 53}, {317.9, 97}, {0.4675, 80}, {0.4612, 99}, {0.007751, 100},
          {6.917, 86}, {0.1405, 99}, {-3.174, 100}, {1.171, 100}, {1, 100}}}},
    Row{"filler/child/child_0000.jpg",
        {{{84.61, 67}, {468.3, 98}, {0.66, 88}, {0.3216, 92}, {0.1491, 100},
          {7.278, 91}, {1.236, 94}, {-1.365, 100}, {-1.139, 100}, {0.7319, 13}}}},
    Row{"filler/child/child_0100.jpg",
        {{{73.48, 54}, {1455, 100}, {0.185, 60}, {0.3076, 90}, {0.1916, 100},
          {7.081, 89}, {0.9955, 96}, {-26.55, 80}, {-3.878, 100}, {0.8793, 46}}}},
    Row{"filler/elderly/elderly_0000.jpg",
        {{{74.35, 55}, {917.1, 99}, {0.5725, 85}, {0.2508, 73}, {0.08832, 100},
          {6.649, 83}, {1.343, 94}, {-12.52, 95}, {0.2575, 100}, {0.873, 44}}}},
    Row{"filler/elderly/elderly_0100.jpg",
        {{{68.77, 48}, {249.9, 95}, {0.7025, 90}, {0.1809, 41}, {0.1692, 100},
          {6.333, 79}, {1.282, 94}, {-19.88, 88}, {-2.143, 100}, {0.9881, 94}}}},
    Row{"chinese/p001/p001_01.jpg",
        {{{55.86, 33}, {621.7, 99}, {0.21, 63}, {0.3827, 97}, {0.08164, 100},
          {6.705, 84}, {0.4849, 98}, {-1.737, 100}, {3.712, 100}, {0.592, 3}}}},
    Row{"chinese/p050/p050_01.jpg",
        {{{60.3, 38}, {994.1, 100}, {0.2975, 70}, {0.3083, 90}, {0.05206, 100},
          {6.84, 86}, {0.5073, 98}, {-7.698, 98}, {-4.092, 99}, {0.7541, 16}}}},
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
