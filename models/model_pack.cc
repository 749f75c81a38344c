#include "models/model_pack.h"

#include <cblas.h>
#include <malloc.h>

#include <algorithm>
#include <map>
#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <span>
#include <string_view>
#include <utility>

#include "matcher/file_bytes.h"
#include "models/digest.h"
#include "models/embedder_source.h"
#include "models/hog_detector.h"
#include "models/landmark_fitter.h"
#include "models/manifest.h"
#include "models/mmod_detector.h"
#include "models/steady_landmarker.h"

namespace homeward {

struct ModelPack::Parts {
  std::vector<Space> spaces;
  std::shared_ptr<const Yardstick> yardstick;
  std::vector<OperatingPoint> operating_points;
  std::string digest;
  std::unique_ptr<const HogDetector> hog;
  std::unique_ptr<const MmodDetector> mmod;
  std::shared_ptr<const FaceLandmarker> landmarker;
  EmbedderSource make_embedder;
};

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

// The adapter of a detector's format.
Result<std::unique_ptr<const MmodDetector>> LoadDetector(const ModelFile& file,
                                                         std::span<const char> bytes) {
  if (file.format == "dlib-mmod") return MmodDetector::Load(bytes);
  return Unknown("detector format", file.format);
}

// The adapter of a landmarker's format.
Result<std::unique_ptr<const FaceLandmarker>> LoadLandmarker(const ModelFile& file,
                                                             std::span<const char> bytes) {
  if (file.format == "dlib-shape-predictor") return LandmarkFitter::Load(bytes);
  return Unknown("landmarker format", file.format);
}

}  // namespace

ModelPack::ModelPack(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
ModelPack::~ModelPack() = default;

const std::vector<Space>& ModelPack::spaces() const { return parts_->spaces; }
std::shared_ptr<const Yardstick> ModelPack::yardstick() const { return parts_->yardstick; }
const std::vector<OperatingPoint>& ModelPack::operating_points() const {
  return parts_->operating_points;
}
const std::string& ModelPack::models_digest() const { return parts_->digest; }

Result<std::unique_ptr<ModelPack>> ModelPack::Open(const std::filesystem::path& manifest_path,
                                                   const std::filesystem::path& weights,
                                                   std::string_view space_id) {
  const auto manifest = ReadManifest(manifest_path);
  if (!manifest) return std::unexpected(manifest.error());
  const auto space = FindSpace(*manifest, space_id);
  if (!space) return std::unexpected(space.error());
  auto bytes = ReadAll(weights, FilesOf(*manifest, *space));
  if (!bytes) return std::unexpected(bytes.error());
  TuneProcess();
  const ModelFile& detector_file = FileOf(*manifest, ModelRole::kDetector);
  const ModelFile& landmarker_file = FileOf(*manifest, ModelRole::kLandmarker);
  const ModelFile& embedder_file = *std::ranges::find(manifest->files, space->file, &ModelFile::id);
  auto hog = HogDetector::Create();
  if (!hog) return std::unexpected(hog.error());
  auto mmod = LoadDetector(detector_file, bytes->at(detector_file.id));
  if (!mmod) return std::unexpected(mmod.error());
  auto fitter = LoadLandmarker(landmarker_file, bytes->at(landmarker_file.id));
  if (!fitter) return std::unexpected(fitter.error());
  auto make_embedder =
      OpenEmbedderSource(embedder_file, *space, std::move(bytes->at(embedder_file.id)));
  if (!make_embedder) return std::unexpected(make_embedder.error());
  auto yardstick = LoadYardstick(manifest_path.parent_path(), *space);
  if (!yardstick) return std::unexpected(yardstick.error());
  return std::unique_ptr<ModelPack>(new ModelPack(std::make_unique<const Parts>(
      Parts{.spaces = {space->space},
            .yardstick = *std::move(yardstick),
            .operating_points = manifest->operating_points,
            .digest = ModelsDigest(*manifest, *space),
            .hog = *std::move(hog),
            .mmod = *std::move(mmod),
            .landmarker = std::make_shared<const SteadyLandmarker>(*std::move(fitter)),
            .make_embedder = *std::move(make_embedder)})));
}

Result<std::unique_ptr<FaceAnalyzer>> ModelPack::MakeAnalyzer() const {
  auto hog = parts_->hog->Copy();
  if (!hog) return std::unexpected(hog.error());
  auto mmod = parts_->mmod->Copy();
  if (!mmod) return std::unexpected(mmod.error());
  auto embedder = parts_->make_embedder();
  if (!embedder) return std::unexpected(embedder.error());
  FaceCascade cascade({.hog = *std::move(hog), .mmod = *std::move(mmod)}, parts_->landmarker);
  return std::make_unique<FaceAnalyzer>(std::move(cascade), *std::move(embedder));
}

}  // namespace homeward
