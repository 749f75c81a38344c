// models/manifest.json as typed data: which files of weights Homeward uses, where they come from,
// under which licence, and which spaces and operating points they give.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/difficulty.h"
#include "matcher/error.h"
#include "matcher/evidence.h"
#include "matcher/fusion.h"
#include "matcher/template.h"
#include "models/chip_geometry.h"
#include "models/preprocessing.h"

namespace homeward {

// An archive of a package registry that files are taken from.
struct ModelPackage {
  std::string id;
  std::string registry;
  std::string version;
  std::string archive;
  std::string sha256;
  std::string licence;
};

enum class ModelRole : std::uint8_t { kDetector, kLandmarker, kEmbedder };

// One file of weights. In the folder of weights it has `file_name`, the last part of `path`.
struct ModelFile {
  std::string id;
  ModelRole role = ModelRole::kEmbedder;
  std::string format;   // which adapter reads it
  std::string package;  // empty: no package has it, somebody puts it into the folder of weights
  std::string path;     // inside the package's archive
  std::string file_name;
  std::string sha256;
  std::string licence;
};

// What weighs the distances of a space, beside the manifest in the repository.
struct YardstickEntry {
  std::string path;  // of the synthetic faces, from the manifest's folder: rows of 16-bit floats
  std::string sha256;
  ChanceLine line;
  std::optional<MissCurve> miss_curve = {};
};

struct SpaceEntry {
  Space space;
  std::string file;  // id of a ModelFile of role kEmbedder
  ChipGeometry chip;
  std::optional<Preprocessing> preprocessing;  // none: the network brings its own
  std::string alignment;                       // the rule that landmarks are found by
  std::string template_rule;                   // the rule that vectors become a template by
  std::optional<YardstickEntry> yardstick;
};

// Checked: ids are unique, every reference resolves, digests are 64 hexadecimal digits, file names
// are distinct and plain, numbers are in range, there is one detector, one landmarker and at least
// one space, every space of a fusion has a yardstick, and no fusion has the id of a space.
struct Manifest {
  std::vector<ModelPackage> packages;
  std::vector<ModelFile> files;
  std::vector<SpaceEntry> spaces;
  std::vector<Fusion> fusions;
  std::vector<OperatingPoint> operating_points;
};

// Errors: kConfigInvalid, naming the entry and what is wrong with it.
Result<Manifest> ParseManifest(std::string_view json);
// Also kConfigInvalid when the file cannot be read.
Result<Manifest> ReadManifest(const std::filesystem::path& path);

// The entry of `id`; of an empty id the first. Errors: kConfigInvalid, naming those there are.
Result<SpaceEntry> FindSpace(const Manifest& manifest, std::string_view id);

// The spaces that `id` stands for: those of a fusion in its order, or that of the id. Errors:
// kConfigInvalid, naming those there are.
Result<std::vector<SpaceEntry>> FindSpacesOf(const Manifest& manifest, std::string_view id);

// Which of manifest.files a program needs that works in this space: detector, landmarker and the
// space's own network.
std::vector<ModelFile> FilesOf(const Manifest& manifest, const SpaceEntry& space);

// One digest (hexadecimal) of everything that decides what a template of `space` is: the bytes of
// FilesOf, the geometry, preprocessing, metric and rules. Two sets of equal digest give equal
// templates; other spaces, operating points, yardsticks, packages and licences do not enter it.
std::string ModelsDigest(const Manifest& manifest, const SpaceEntry& space);

}  // namespace homeward
