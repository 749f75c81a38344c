// The weights that a process works with: verified, read once, and handed to workers as analyzers.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/error.h"
#include "matcher/face_analyzer.h"
#include "matcher/fusion.h"
#include "matcher/template.h"
#include "matcher/yardstick.h"
#include "models/embedder_source.h"

namespace homeward {

// Immutable. Thread safety: const methods may run concurrently.
class ModelPack {
 public:
  // Reads `manifest`, the files of weights that `spaces` need (ids, the leading one first, a
  // fusion's for all of its spaces; empty: the first space of the manifest) from `weights`, a flat
  // folder, and the synthetic faces beside the manifest. Files of other spaces need not be there.
  // Not one byte reaches a library before its sha256 was checked. Sets OpenBLAS and OpenCV to one
  // thread for the whole process (each worker has its own network) and OpenCV's own log to silence
  // (what it logs is thrown, and told, as an error), and keeps large freed blocks (MMOD asks for
  // hundreds of megabytes a picture, and fresh pages would cost it as much as the arithmetic), so
  // it is called once, before other threads start. Errors: kConfigInvalid (a broken manifest, an
  // unknown space, one named twice, an unknown format or rule), kModelFileMissing,
  // kModelFileChanged (metadata `path`), kModelMismatch (a file that does not give what its entry
  // says).
  static Result<std::unique_ptr<ModelPack>> Open(const std::filesystem::path& manifest,
                                                 const std::filesystem::path& weights,
                                                 const std::vector<std::string>& spaces = {},
                                                 EmbedderEngine engine = EmbedderEngine::kAuto);
  ~ModelPack();

  // Those asked for, with what weighs their distances where the manifest has it.
  const std::vector<MeasuredSpace>& spaces() const;
  // Those of the manifest that have all their spaces among spaces().
  std::vector<Fusion> fusions() const;
  // Of all spaces and fusions of the manifest.
  const std::vector<OperatingPoint>& operating_points() const;
  // By spaces(): names everything that decides what a template there is. Templates of one space
  // made under another digest cannot be compared.
  const std::vector<std::string>& digests() const;

  // By spaces(): who computes its network.
  struct Embedding {
    std::string engine;        // as in EmbedderSource
    std::string why_not_fast;  // as there
  };
  const std::vector<Embedding>& embeddings() const;
  // Who computes the network that finds faces.
  Embedding detection() const;

  // A worker's own detectors and networks, of spaces() or of `only` one of them; only immutable
  // weights are shared. Outlives the pack. Errors: kInternal.
  Result<std::unique_ptr<FaceAnalyzer>> MakeAnalyzer(std::string_view only = {}) const;

 private:
  struct Parts;
  explicit ModelPack(std::unique_ptr<const Parts> parts);

  std::unique_ptr<const Parts> parts_;
};

}  // namespace homeward
