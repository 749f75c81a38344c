// Where workers get their networks of one space from.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "matcher/error.h"
#include "matcher/face_embedder.h"
#include "models/manifest.h"

namespace homeward {

// A network of its own for one worker. May be called concurrently. Errors: kInternal.
using EmbedderSource = std::function<Result<std::unique_ptr<FaceEmbedder>>()>;

// Reads the network of `entry` by the adapter of `file.format` from `bytes`, which were verified.
// Errors: kConfigInvalid for a format or a rule that this program does not know or that does not go
// with the format; kModelMismatch for bytes that do not give what the entry says.
Result<EmbedderSource> OpenEmbedderSource(const ModelFile& file, const SpaceEntry& entry,
                                          std::string bytes);

}  // namespace homeward
