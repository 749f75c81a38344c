#include "models/detector_source.h"

#include <utility>

#include "models/mmod_detector.h"
#include "models/onednn_detector.h"

namespace homeward {
namespace {

// Copies of what was loaded; the original serves nobody.
template <class Detector>
DetectorSource CopiesOf(std::unique_ptr<Detector> loaded, std::string engine) {
  return {.make = [original = std::shared_ptr<const Detector>(std::move(loaded))]()
              -> Result<std::unique_ptr<FaceDetector>> { return original->Copy(); },
          .engine = std::move(engine),
          .why_not_fast = {}};
}

}  // namespace

Result<DetectorSource> OpenDetectorSource(const ModelFile& file, std::span<const char> bytes,
                                          EmbedderEngine engine) {
  if (file.format != "dlib-mmod") {
    return Fail(Reason::kConfigInvalid,
                "models manifest: this program knows no detector format \"" + file.format + "\".",
                {{"detector format", file.format}});
  }
  auto reference = MmodDetector::Load(bytes);
  if (!reference) return std::unexpected(std::move(reference).error());
  if (engine == EmbedderEngine::kDlib) return CopiesOf(*std::move(reference), "dlib");
  if (auto half = OnednnDetector::Build(bytes, Precision::kBfloat16); half) {
    return CopiesOf(*std::move(half), "oneDNN in 16-bit floats");
  }
  auto fast = OnednnDetector::Build(bytes, Precision::kFloat32);
  if (fast) return CopiesOf(*std::move(fast), "oneDNN");
  DetectorSource source = CopiesOf(*std::move(reference), "dlib");
  source.why_not_fast = fast.error().message;
  return source;
}

}  // namespace homeward
