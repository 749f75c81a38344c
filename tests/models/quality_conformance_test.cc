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
        {{{96.38, 79}, {1163, 100}, {0.01, 25}, {0.3204, 92}, {0.1189, 100},
          {7.357, 92}, {0.2405, 98}, {2.748, 100}, {-3.082, 100}, {0.9742, 87}}}},
    Row{"filler/east-asian-adult/east-asian-adult_0100.jpg",
        {{{72.58, 53}, {321, 97}, {0.47, 80}, {0.4613, 99}, {0.007568, 100},
          {6.917, 86}, {0.1942, 98}, {-1.43, 100}, {1.272, 100}, {1, 100}}}},
    Row{"filler/child/child_0000.jpg",
        {{{85.18, 68}, {471, 98}, {0.65, 88}, {0.3202, 92}, {0.1518, 100},
          {7.276, 91}, {1.236, 94}, {-1.07, 100}, {-1.314, 100}, {0.7216, 12}}}},
    Row{"filler/child/child_0100.jpg",
        {{{73.47, 54}, {1443, 100}, {0.19, 61}, {0.3085, 90}, {0.1922, 100},
          {7.08, 89}, {0.9953, 96}, {-26.65, 80}, {-4.011, 100}, {0.8789, 46}}}},
    Row{"filler/elderly/elderly_0000.jpg",
        {{{74.31, 55}, {936.5, 99}, {0.5675, 84}, {0.251, 74}, {0.08636, 100},
          {6.653, 83}, {1.345, 94}, {-12.05, 96}, {0.6441, 100}, {0.8735, 44}}}},
    Row{"filler/elderly/elderly_0100.jpg",
        {{{68.77, 48}, {245.7, 95}, {0.695, 90}, {0.1808, 40}, {0.1705, 100},
          {6.337, 79}, {1.261, 94}, {-20.12, 88}, {-2.203, 100}, {0.9854, 93}}}},
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
