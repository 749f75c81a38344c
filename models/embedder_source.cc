#include "models/embedder_source.h"

#include <string_view>
#include <utility>

#include "models/dnn_embedder.h"
#include "models/embedder_trial.h"
#include "models/onednn_embedder.h"
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
EmbedderSource CopiesOf(std::unique_ptr<Embedder> loaded, std::string engine) {
  return {.make = [original = std::shared_ptr<const Embedder>(std::move(loaded))]()
              -> Result<std::unique_ptr<FaceEmbedder>> { return original->Copy(); },
          .engine = std::move(engine),
          .why_not_fast = {}};
}

// Errors: why oneDNN cannot stand in for `reference`.
Result<std::unique_ptr<OnednnEmbedder>> MakeFast(ResnetEmbedder& reference,
                                                 const SpaceEntry& entry) {
  auto folded = reference.Folded();
  if (!folded) return std::unexpected(std::move(folded).error());
  auto fast = OnednnEmbedder::Build(*std::move(folded), entry.space, entry.chip);
  if (!fast) return fast;
  auto passed = TryEmbedder(**fast, reference, entry.chip.side_px);
  if (!passed) return std::unexpected(std::move(passed).error());
  return fast;
}

Result<EmbedderSource> OpenResnet(const SpaceEntry& entry, const std::string& bytes,
                                  EmbedderEngine engine) {
  auto reference = ResnetEmbedder::Load(bytes, entry.space, entry.chip);
  if (!reference) return std::unexpected(std::move(reference).error());
  if (engine == EmbedderEngine::kDlib) return CopiesOf(*std::move(reference), "dlib");
  auto fast = MakeFast(**reference, entry);
  if (fast) return CopiesOf(*std::move(fast), "oneDNN");
  EmbedderSource source = CopiesOf(*std::move(reference), "dlib");
  source.why_not_fast = fast.error().message;
  return source;
}

}  // namespace

Result<EmbedderSource> OpenEmbedderSource(const ModelFile& file, const SpaceEntry& entry,
                                          std::string bytes, EmbedderEngine engine) {
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
    return OpenResnet(entry, bytes, engine);
  }
  if (file.format != "onnx" && file.format != "tensorflow-pb") {
    return Refuse(entry, "this program knows no embedder format \"" + file.format +
                             "\"; it knows dlib-resnet, onnx and tensorflow-pb");
  }
  if (!entry.preprocessing) {
    return Refuse(entry, "the format " + file.format + " needs preprocessing");
  }
  const auto format = file.format == "onnx" ? DnnFormat::kOnnx : DnnFormat::kTensorflow;
  auto network =
      DnnEmbedder::Load(format, std::move(bytes), entry.space, entry.chip, *entry.preprocessing);
  if (!network) return std::unexpected(std::move(network).error());
  return CopiesOf(*std::move(network), "OpenCV");
}

}  // namespace homeward
