#include "models/embedder_source.h"

#include <string_view>
#include <utility>

#include "models/dnn_embedder.h"
#include "models/resnet_embedder.h"

namespace homeward {
namespace {

// The rules that this program carries out, as a manifest must name them.
constexpr std::string_view kAlignmentRule = "five points, steady, upright";
constexpr std::string_view kTemplateRule = "mean of chip and mirror";

std::unexpected<Error> Refuse(const SpaceEntry& entry, const std::string& what) {
  return Fail(Reason::kConfigInvalid,
              "models manifest: the space " + entry.space.id + ": " + what + ".",
              {{"space", entry.space.id}});
}

// Copies of what was loaded; the original serves nobody.
template <class Embedder>
Result<EmbedderSource> CopiesOf(Result<std::unique_ptr<Embedder>> loaded) {
  if (!loaded) return std::unexpected(std::move(loaded).error());
  return [original = std::shared_ptr<const Embedder>(*std::move(
              loaded))]() -> Result<std::unique_ptr<FaceEmbedder>> { return original->Copy(); };
}

}  // namespace

Result<EmbedderSource> OpenEmbedderSource(const ModelFile& file, const SpaceEntry& entry,
                                          std::string bytes) {
  if (entry.alignment != kAlignmentRule) {
    return Refuse(entry, "this program knows no alignment \"" + entry.alignment + "\"");
  }
  if (entry.template_rule != kTemplateRule) {
    return Refuse(entry, "this program knows no template rule \"" + entry.template_rule + "\"");
  }
  if (file.format == "dlib-resnet") {
    if (entry.preprocessing) {
      return Refuse(entry, "a network of dlib brings its own preprocessing; leave it out");
    }
    return CopiesOf(ResnetEmbedder::Load(bytes, entry.space, entry.chip));
  }
  if (file.format != "onnx" && file.format != "tensorflow-pb") {
    return Refuse(entry, "this program knows no embedder format \"" + file.format +
                             "\"; it knows dlib-resnet, onnx and tensorflow-pb");
  }
  if (!entry.preprocessing) {
    return Refuse(entry, "the format " + file.format + " needs preprocessing");
  }
  const auto format = file.format == "onnx" ? DnnFormat::kOnnx : DnnFormat::kTensorflow;
  return CopiesOf(
      DnnEmbedder::Load(format, std::move(bytes), entry.space, entry.chip, *entry.preprocessing));
}

}  // namespace homeward
