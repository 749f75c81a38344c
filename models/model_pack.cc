#include "models/model_pack.h"

#include <cblas.h>
#include <malloc.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "matcher/file_bytes.h"
#include "models/detector_source.h"
#include "models/digest.h"
#include "models/embedder_source.h"
#include "models/hog_detector.h"
#include "models/landmark_fitter.h"
#include "models/manifest.h"
#include "models/steady_landmarker.h"

namespace homeward {

namespace {

constexpr std::string_view kRestore = " It belongs to the repository: restore it from there.";

void TuneProcess() {
  openblas_set_num_threads(1);
  cv::setNumThreads(1);
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  // Threads that share one arena reuse each other's blocks; blocks above the limit would be mapped
  // and given back at every call.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

Result<std::string> ReadVerified(const std::filesystem::path& path, const std::string& sha256,
                                 std::string_view what_to_do) {
  auto bytes = ReadFileBytes(path);
  if (!bytes) {
    return Fail(Reason::kModelFileMissing,
                "The file " + path.string() + " cannot be read." + std::string(what_to_do),
                {{"path", path.string()}});
  }
  if (Sha256Hex(*bytes) != sha256) {
    return Fail(Reason::kModelFileChanged,
                "The file " + path.string() +
                    " is not the one that the models manifest describes: its sha256 differs." +
                    std::string(what_to_do),
                {{"path", path.string()}, {"expected_sha256", sha256}});
  }
  return *std::move(bytes);
}

std::unexpected<Error> Unknown(const std::string& what, const std::string& value) {
  return Fail(Reason::kConfigInvalid,
              "models manifest: this program knows no " + what + " \"" + value + "\".",
              {{what, value}});
}

using BytesById = std::map<std::string, std::string>;

// What a file is told by when it is not there: where it can be had from.
std::string WhatToDo(const ModelFile& file) {
  if (file.package.empty()) return " No package has it: put it there by hand.";
  return " Run `./run models`, or `./run models SPACE` for a space that is not the manifest's "
         "first, to fetch the weights again.";
}

Result<BytesById> ReadAll(const std::filesystem::path& folder,
                          const std::vector<ModelFile>& files) {
  BytesById all;
  for (const ModelFile& file : files) {
    auto bytes = ReadVerified(folder / file.file_name, file.sha256, WhatToDo(file));
    if (!bytes) return std::unexpected(bytes.error());
    all.emplace(file.id, *std::move(bytes));
  }
  return all;
}

// Rows of 16-bit floats, as they are in memory.
Result<std::shared_ptr<const Yardstick>> LoadYardstick(const std::filesystem::path& folder,
                                                       const SpaceEntry& entry) {
  if (!entry.yardstick) return nullptr;
  auto bytes = ReadVerified(folder / entry.yardstick->path, entry.yardstick->sha256, kRestore);
  if (!bytes) return std::unexpected(bytes.error());
  const cv::Mat halves(1, static_cast<int>(bytes->size() / sizeof(cv::float16_t)), CV_16F,
                       bytes->data());
  std::vector<float> rows;
  halves.convertTo(rows, CV_32F);
  auto cohort = Cohort::Create(entry.space.dimension, rows);
  if (!cohort) return std::unexpected(cohort.error());
  return std::make_shared<const Yardstick>(*std::move(cohort), entry.yardstick->line,
                                           entry.yardstick->miss_curve);
}

const ModelFile& FileOf(const Manifest& manifest, ModelRole role) {
  return *std::ranges::find(manifest.files, role, &ModelFile::role);  // the manifest has one
}

// The adapter of a landmarker's format.
Result<std::unique_ptr<const FaceLandmarker>> LoadLandmarker(const ModelFile& file,
                                                             std::span<const char> bytes) {
  if (file.format == "dlib-shape-predictor") return LandmarkFitter::Load(bytes);
  return Unknown("landmarker format", file.format);
}

// Errors: kConfigInvalid for an unknown space and for one named twice.
Result<std::vector<SpaceEntry>> FindSpaces(const Manifest& manifest,
                                           const std::vector<std::string>& ids) {
  std::vector<SpaceEntry> found;
  for (const std::string& id : ids) {
    const auto named = FindSpacesOf(manifest, id);
    if (!named) return std::unexpected(named.error());
    for (const SpaceEntry& space : *named) {
      const std::string& name = space.space.id;
      const auto has_id = [&](const SpaceEntry& each) { return each.space.id == name; };
      if (std::ranges::any_of(found, has_id)) {
        return Fail(Reason::kConfigInvalid, "The space " + name + " is named twice.",
                    {{"space", name}});
      }
      found.push_back(space);
    }
  }
  if (found.empty()) found.push_back(manifest.spaces.front());
  return found;
}

// The files that these spaces need, each once.
std::vector<ModelFile> FilesOf(const Manifest& manifest, const std::vector<SpaceEntry>& spaces) {
  std::vector<ModelFile> files;
  for (const SpaceEntry& space : spaces) {
    for (const ModelFile& file : FilesOf(manifest, space)) {
      if (std::ranges::find(files, file.id, &ModelFile::id) == files.end()) files.push_back(file);
    }
  }
  return files;
}

}  // namespace

struct ModelPack::Parts {
  std::vector<MeasuredSpace> spaces;
  std::vector<std::string> digests;              // by space
  std::vector<EmbedderSource> embedders;         // by space
  std::vector<ModelPack::Embedding> embeddings;  // by space
  std::vector<Fusion> fusions;                   // of all of the manifest
  std::vector<OperatingPoint> operating_points;
  std::unique_ptr<const HogDetector> hog;
  DetectorSource mmod;
  std::shared_ptr<const FaceLandmarker> landmarker;

  Result<void> AddSpace(const std::filesystem::path& folder, const Manifest& manifest,
                        const SpaceEntry& entry, const BytesById& bytes, EmbedderEngine engine);
};

Result<void> ModelPack::Parts::AddSpace(const std::filesystem::path& folder,
                                        const Manifest& manifest, const SpaceEntry& entry,
                                        const BytesById& bytes, EmbedderEngine engine) {
  const ModelFile& file = *std::ranges::find(manifest.files, entry.file, &ModelFile::id);
  auto source = OpenEmbedderSource(file, entry, bytes.at(file.id), engine);
  if (!source) return std::unexpected(source.error());
  auto yardstick = LoadYardstick(folder, entry);
  if (!yardstick) return std::unexpected(yardstick.error());
  embeddings.push_back({source->engine, source->why_not_fast});
  embedders.push_back(*std::move(source));
  digests.push_back(ModelsDigest(manifest, entry));
  spaces.push_back({entry.space, *std::move(yardstick)});
  return {};
}

ModelPack::ModelPack(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
ModelPack::~ModelPack() = default;

const std::vector<MeasuredSpace>& ModelPack::spaces() const { return parts_->spaces; }
std::vector<Fusion> ModelPack::fusions() const {
  const auto is_served = [&](const std::string& id) {
    const auto has_id = [&](const MeasuredSpace& each) { return each.space.id == id; };
    return std::ranges::any_of(parts_->spaces, has_id);
  };
  std::vector<Fusion> served;
  std::ranges::copy_if(parts_->fusions, std::back_inserter(served), [&](const Fusion& fusion) {
    return std::ranges::all_of(fusion.space_ids, is_served);
  });
  return served;
}
const std::vector<OperatingPoint>& ModelPack::operating_points() const {
  return parts_->operating_points;
}
const std::vector<std::string>& ModelPack::digests() const { return parts_->digests; }
ModelPack::Embedding ModelPack::detection() const {
  return {parts_->mmod.engine, parts_->mmod.why_not_fast};
}
const std::vector<ModelPack::Embedding>& ModelPack::embeddings() const {
  return parts_->embeddings;
}

Result<std::unique_ptr<ModelPack>> ModelPack::Open(const std::filesystem::path& manifest_path,
                                                   const std::filesystem::path& weights,
                                                   const std::vector<std::string>& space_ids,
                                                   EmbedderEngine engine) {
  const auto manifest = ReadManifest(manifest_path);
  if (!manifest) return std::unexpected(manifest.error());
  const auto spaces = FindSpaces(*manifest, space_ids);
  if (!spaces) return std::unexpected(spaces.error());
  const auto bytes = ReadAll(weights, FilesOf(*manifest, *spaces));
  if (!bytes) return std::unexpected(bytes.error());
  TuneProcess();
  const ModelFile& detector_file = FileOf(*manifest, ModelRole::kDetector);
  const ModelFile& landmarker_file = FileOf(*manifest, ModelRole::kLandmarker);
  auto hog = HogDetector::Create();
  if (!hog) return std::unexpected(hog.error());
  auto mmod = OpenDetectorSource(detector_file, bytes->at(detector_file.id), engine);
  if (!mmod) return std::unexpected(mmod.error());
  auto fitter = LoadLandmarker(landmarker_file, bytes->at(landmarker_file.id));
  if (!fitter) return std::unexpected(fitter.error());
  auto parts = std::make_unique<Parts>(
      Parts{.spaces = {},
            .digests = {},
            .embedders = {},
            .embeddings = {},
            .fusions = manifest->fusions,
            .operating_points = manifest->operating_points,
            .hog = *std::move(hog),
            .mmod = *std::move(mmod),
            .landmarker = std::make_shared<const SteadyLandmarker>(*std::move(fitter))});
  for (const SpaceEntry& space : *spaces) {
    auto added = parts->AddSpace(manifest_path.parent_path(), *manifest, space, *bytes, engine);
    if (!added) return std::unexpected(added.error());
  }
  return std::unique_ptr<ModelPack>(new ModelPack(std::move(parts)));
}

Result<std::unique_ptr<FaceAnalyzer>> ModelPack::MakeAnalyzer(std::string_view only) const {
  auto hog = parts_->hog->Copy();
  if (!hog) return std::unexpected(hog.error());
  auto mmod = parts_->mmod.make();
  if (!mmod) return std::unexpected(mmod.error());
  std::vector<std::unique_ptr<FaceEmbedder>> embedders;
  for (std::size_t i = 0; i < parts_->spaces.size(); ++i) {
    if (!only.empty() && parts_->spaces[i].space.id != only) continue;
    auto embedder = parts_->embedders[i].make();
    if (!embedder) return std::unexpected(embedder.error());
    embedders.push_back(*std::move(embedder));
  }
  FaceCascade cascade({.hog = *std::move(hog), .mmod = *std::move(mmod)}, parts_->landmarker);
  return std::make_unique<FaceAnalyzer>(std::move(cascade), std::move(embedders));
}

}  // namespace homeward
