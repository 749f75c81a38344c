// Where workers get their networks of one space from.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "matcher/error.h"
#include "matcher/face_embedder.h"
#include "models/manifest.h"

namespace homeward {

// Who computes a network of dlib.
enum class EmbedderEngine : std::uint8_t {
  kAuto,  // oneDNN where it may stand in for dlib, else dlib
  kDlib,
};

struct EmbedderSource {
  // A network of its own for one worker. May be called concurrently. Errors: kInternal.
  std::function<Result<std::unique_ptr<FaceEmbedder>>()> make;
  std::string engine;        // who computes it: "oneDNN", "dlib" or "OpenCV"
  std::string why_not_fast;  // why oneDNN does not, where it was to; else empty
};

// Reads the network of `entry` by the adapter of `file.format` from `bytes`, which were verified.
// dlib's is given to oneDNN if that passes TryEmbedder. Errors: kConfigInvalid for a format or a
// rule that this program does not know or that does not go with the format; kModelMismatch for
// bytes that do not give what the entry says.
Result<EmbedderSource> OpenEmbedderSource(const ModelFile& file, const SpaceEntry& entry,
                                          std::string bytes,
                                          EmbedderEngine engine = EmbedderEngine::kAuto);

}  // namespace homeward
