#include "server/evaluate/analyzer_pipeline.h"

#include <utility>

#include "matcher/photo.h"

namespace homeward {
namespace {

Result<Template> MakeTemplate(FaceAnalyzer& analyzer, std::span<const std::uint8_t> bytes) {
  const auto photo = DecodePhoto(bytes);
  if (!photo) return std::unexpected(photo.error());
  AnalyzeOptions options;
  options.single_face = true;
  auto faces = analyzer.Analyze(*photo, options);
  if (!faces) return std::unexpected(faces.error());
  if (faces->empty()) return Fail(Reason::kNoFaceFound, "No face was found.");
  if (!faces->front().face_template) {
    return Fail(Reason::kNoUsableFace, "The face cannot be compared.");
  }
  return std::move(*faces->front().face_template);
}

}  // namespace

Pipeline AnalyzerPipeline(Space space, std::string models_digest,
                          std::function<Result<std::unique_ptr<FaceAnalyzer>>()> make_analyzer) {
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
          }};
}

}  // namespace homeward
