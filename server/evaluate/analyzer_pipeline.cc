#include "server/evaluate/analyzer_pipeline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "matcher/photo.h"
#include "matcher/quality.h"
#include "matcher/quality_score.h"

namespace homeward {
namespace {

struct Measure {
  const char* name;
  float (*grade)(const Quality& quality);
};

// A component's score before it is rounded; worse than any where it could not be assessed.
template <QualityMeasure kMeasure>
float Score(const Quality& quality) {
  const QualityComponent* component = ComponentOf(quality, kMeasure);
  if (component == nullptr || !component->score) return -1;
  return static_cast<float>(QualityScore(kMeasure, static_cast<double>(component->native)));
}

// The first three are the natives that expected misses are fitted to (tools/fit_miss_curve.py).
constexpr std::array kMeasures = {
    Measure{"eye distance", [](const Quality& quality) { return quality.eye_distance_px; }},
    Measure{"sharpness", [](const Quality& quality) { return quality.sharpness; }},
    Measure{"whole in the picture",
            [](const Quality& quality) {
              return std::ranges::count(quality.flags, QualityFlag::kAtBorder) == 0 ? 1.0F : 0.0F;
            }},
    Measure{"illumination uniformity", Score<QualityMeasure::kIlluminationUniformity>},
    Measure{"luminance mean", Score<QualityMeasure::kLuminanceMean>},
    Measure{"under-exposure", Score<QualityMeasure::kUnderExposure>},
    Measure{"dynamic range", Score<QualityMeasure::kDynamicRange>},
    Measure{"compression artifacts", Score<QualityMeasure::kCompressionArtifacts>},
    Measure{"frontal head", Score<QualityMeasure::kHeadPoseYaw>},
    Measure{"upright head", Score<QualityMeasure::kHeadPoseRoll>},
    Measure{"face in picture", Score<QualityMeasure::kFaceInPicture>},
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
  auto photo = PhotoReader::Open(bytes);
  if (!photo) return std::unexpected(photo.error());
  AnalyzeOptions options;
  options.single_face = true;
  auto faces = analyzer.Analyze(*photo, options);
  if (!faces) return std::unexpected(faces.error());
  if (faces->empty()) return Fail(Reason::kNoFaceFound, "No face was found.");
  Face& face = faces->front();
  if (face.templates.empty()) return Fail(Reason::kNoUsableFace, "The face cannot be compared.");
  return GradedTemplate{std::move(face.templates.front()), GradesOf(face.quality), face.print};
}

}  // namespace

Pipeline AnalyzerPipeline(Space space, std::string models_digest,
                          std::function<Result<std::unique_ptr<FaceAnalyzer>>()> make_analyzer) {
  std::vector<std::string> measures;
  for (const Measure& measure : kMeasures) measures.emplace_back(measure.name);
  return {.space = std::move(space),
          .models_digest = std::move(models_digest),
          .options = "single_face, the smallest copies",
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

Pipeline FusedPipeline(const Fusion& fusion, std::vector<Pipeline> members) {
  Pipeline fused;
  fused.space.id = fusion.id;
  for (const Pipeline& each : members) {
    const char* const gap = &each == &members.front() ? "" : "; ";
    fused.space.model += gap + each.space.model;
    fused.space.dimension += each.space.dimension;
    fused.models_digest += gap + each.models_digest;
  }
  fused.options = members.front().options;
  fused.measures = members.front().measures;
  fused.fusion = std::make_shared<const Fusion>(fusion);
  fused.members = std::move(members);
  return fused;
}

}  // namespace homeward
