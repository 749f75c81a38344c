// Where workers get their detectors of the kind that a network makes.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "matcher/error.h"
#include "matcher/face_detector.h"
#include "models/embedder_source.h"
#include "models/manifest.h"

namespace homeward {

struct DetectorSource {
  // A detector of its own for one worker. May be called concurrently. Errors: kInternal.
  std::function<Result<std::unique_ptr<FaceDetector>>()> make;
  std::string engine;        // as in EmbedderSource, or "oneDNN in 16-bit floats"
  std::string why_not_fast;  // as there
};

// Reads the detector by the adapter of `file.format` from `bytes`, which were verified. dlib's is
// given to oneDNN where that gives dlib's scores: in 16 bits where the processor is fast in them,
// else in 32. Errors: kConfigInvalid for a format that this program does not know; kModelMismatch
// for bytes that are no such detector.
Result<DetectorSource> OpenDetectorSource(const ModelFile& file, std::span<const char> bytes,
                                          EmbedderEngine engine = EmbedderEngine::kAuto);

}  // namespace homeward
