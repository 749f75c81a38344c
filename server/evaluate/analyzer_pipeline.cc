#include "server/evaluate/analyzer_pipeline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "matcher/photo.h"

namespace homeward {
namespace {

// Between the limits beyond which a photo is flagged as dark or bright (quality.h).
constexpr float kMiddleBrightness = 130;

struct Measure {
  const char* name;
  float (*grade)(const Quality& quality);
};

constexpr std::array kMeasures = {
    Measure{"eye distance", [](const Quality& quality) { return quality.eye_distance_px; }},
    Measure{"sharpness", [](const Quality& quality) { return quality.sharpness; }},
    Measure{
        "brightness near the middle",
        [](const Quality& quality) { return -std::abs(quality.brightness - kMiddleBrightness); }},
    Measure{"upright head", [](const Quality& quality) { return -std::abs(quality.roll_degrees); }},
    Measure{"frontal head", [](const Quality& quality) { return -std::abs(quality.yaw); }},
    Measure{"whole in the picture",
            [](const Quality& quality) {
              return std::ranges::count(quality.flags, QualityFlag::kAtBorder) == 0 ? 1.0F : 0.0F;
            }},
};

std::vector<float> GradesOf(const Quality& quality) {
  std::vector<float> grades;
  for (const Measure& measure : kMeasures) {
    const float grade = measure.grade(quality);
    grades.push_back(std::isfinite(grade) ? grade : std::numeric_limits<float>::lowest());
  }
  return grades;
}

Result<GradedTemplate> MakeTemplate(FaceAnalyzer& analyzer, std::span<const std::uint8_t> bytes) {
  const auto photo = DecodePhoto(bytes);
  if (!photo) return std::unexpected(photo.error());
  AnalyzeOptions options;
  options.single_face = true;
  auto faces = analyzer.Analyze(*photo, options);
  if (!faces) return std::unexpected(faces.error());
  if (faces->empty()) return Fail(Reason::kNoFaceFound, "No face was found.");
  Face& face = faces->front();
  if (face.templates.empty()) return Fail(Reason::kNoUsableFace, "The face cannot be compared.");
  return GradedTemplate{std::move(face.templates.front()), GradesOf(face.quality)};
}

}  // namespace

Pipeline AnalyzerPipeline(Space space, std::string models_digest,
                          std::function<Result<std::unique_ptr<FaceAnalyzer>>()> make_analyzer) {
  std::vector<std::string> measures;
  for (const Measure& measure : kMeasures) measures.emplace_back(measure.name);
  return {.space = std::move(space),
          .models_digest = std::move(models_digest),
          .options = "single_face",
          .make_worker = [make = std::move(make_analyzer)]() -> Result<TemplateMaker> {
            auto made = make();
            if (!made) return std::unexpected(made.error());
            // A std::function is copied; the analyzer is one.
            std::shared_ptr<FaceAnalyzer> analyzer = std::move(*made);
            return [analyzer](std::span<const std::uint8_t> bytes) {
              return MakeTemplate(*analyzer, bytes);
            };
          },
          .operating_point = {},
          .yardstick = nullptr,
          .measures = std::move(measures)};
}

}  // namespace homeward
