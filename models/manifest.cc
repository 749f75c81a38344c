#include "models/manifest.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "matcher/file_bytes.h"
#include "models/digest.h"

namespace homeward {
namespace {

using Json = nlohmann::json;

// What is wrong with one entry; caught where the entry's place in the file is known.
struct BadEntry : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void Require(bool holds, const std::string& otherwise) {
  if (!holds) throw BadEntry(otherwise);
}

template <class Entry, class Projection>
bool Lists(const std::vector<Entry>& list, const std::string& value, Projection projection) {
  return std::ranges::find(list, value, projection) != list.end();
}

std::string Text(const Json& entry, const char* key) {
  auto text = entry.at(key).get<std::string>();
  Require(!text.empty(), std::string(key) + " is empty");
  return text;
}

double Number(const Json& entry, const char* key) {
  Require(entry.at(key).is_number(), std::string(key) + " is not a number");
  return entry.at(key).get<double>();
}

int Count(const Json& entry, const char* key) {
  const Json& value = entry.at(key);
  Require(value.is_number_unsigned() && value >= 1 && value <= 1'000'000'000,
          std::string(key) + " is not a whole number from 1 to 1000000000");
  return value.get<int>();
}

std::string Sha256Text(const Json& entry) {
  auto text = Text(entry, "sha256");
  const bool hexadecimal = text.find_first_not_of("0123456789abcdef") == std::string::npos;
  Require(text.size() == 64 && hexadecimal, "sha256 is not 64 lower-case hexadecimal digits");
  return text;
}

ModelRole ParseRole(const std::string& role) {
  if (role == "detector") return ModelRole::kDetector;
  if (role == "landmarker") return ModelRole::kLandmarker;
  if (role == "embedder") return ModelRole::kEmbedder;
  throw BadEntry("role is none of detector, landmarker, embedder: " + role);
}

ModelPackage ParsePackage(const Json& entry, const Manifest&) {
  return {.id = Text(entry, "id"),
          .registry = Text(entry, "registry"),
          .version = Text(entry, "version"),
          .archive = Text(entry, "archive"),
          .sha256 = Sha256Text(entry),
          .licence = Text(entry, "licence")};
}

ModelFile ParseFile(const Json& entry, const Manifest& manifest) {
  ModelFile file{.id = Text(entry, "id"),
                 .role = ParseRole(Text(entry, "role")),
                 .format = Text(entry, "format"),
                 .package = entry.contains("package") ? Text(entry, "package") : "",
                 .path = Text(entry, "path"),
                 .file_name = {},
                 .sha256 = Sha256Text(entry),
                 .licence = Text(entry, "licence")};
  file.file_name = file.path.substr(file.path.rfind('/') + 1);
  Require(!file.file_name.empty() && file.file_name.front() != '.', "path names no file");
  Require(file.package.empty() || Lists(manifest.packages, file.package, &ModelPackage::id),
          "package is not listed: " + file.package);
  Require(!Lists(manifest.files, file.file_name, &ModelFile::file_name),
          "another file has the same name: " + file.file_name);
  return file;
}

double Share(const Json& entry, const char* key) {
  const double share = Number(entry, key);
  Require(share >= 0 && share <= 1, std::string(key) + " is not within 0 and 1");
  return share;
}

// Ascending in years and in what is missed: nobody is the easier to find for being away longer.
std::vector<MissStep> ParseMissSteps(const Json& list, const char* key) {
  std::vector<MissStep> steps;
  for (const Json& each : list.at(key)) {
    const double years = Number(each, "from_years");
    Require(years >= 0 && years <= 150 && years == std::floor(years),
            std::string(key) + ": from_years is not a whole number from 0 to 150");
    steps.push_back({static_cast<int>(years), Share(each, "miss_rate")});
  }
  const auto ascends = [](const MissStep& a, const MissStep& b) {
    return a.from_years < b.from_years && a.miss_rate <= b.miss_rate;
  };
  const auto is_wrong = [&](const MissStep& a, const MissStep& b) { return !ascends(a, b); };
  Require(std::ranges::adjacent_find(steps, is_wrong) == steps.end(),
          std::string(key) + " do not ascend");
  return steps;
}

MissCurve ParseMissCurve(const Json& entry) {
  MissCurve curve{.intercept = Number(entry, "intercept"),
                  .needed_score = Number(entry, "needed_score"),
                  .needed_distance = Number(entry, "needed_distance"),
                  .cut_off = Number(entry, "cut_off"),
                  .sharpness = Number(entry, "sharpness"),
                  .eye_distance = Number(entry, "eye_distance"),
                  .enough_sharpness = Number(entry, "enough_sharpness"),
                  .enough_eye_distance_px = Number(entry, "enough_eye_distance_px"),
                  .child_until = Count(entry, "child_until"),
                  .children = ParseMissSteps(entry, "children"),
                  .adults = ParseMissSteps(entry, "adults"),
                  .data = Text(entry, "data"),
                  .measured_on = Text(entry, "measured_on")};
  Require(curve.needed_score >= 0, "needed_score is below 0");
  Require(curve.needed_distance <= 0, "needed_distance is above 0");
  Require(curve.cut_off >= 0, "cut_off is below 0");
  Require(curve.sharpness <= 0, "sharpness is above 0");
  Require(curve.eye_distance <= 0, "eye_distance is above 0");
  Require(curve.enough_sharpness >= 1, "enough_sharpness is below 1");
  Require(curve.enough_eye_distance_px >= 1, "enough_eye_distance_px is below 1");
  return curve;
}

ChanceLine ParseChanceLine(const Json& entry) {
  ChanceLine line{.intercept = Number(entry, "intercept"),
                  .slope = Number(entry, "slope"),
                  .gallery_exponent = Number(entry, "gallery_exponent"),
                  .least_gallery = Count(entry, "least_gallery"),
                  .least_chance = Number(entry, "least_chance"),
                  .ratio_min = Number(entry, "ratio_min"),
                  .ratio_max = Number(entry, "ratio_max"),
                  .data = Text(entry, "data"),
                  .measured_on = Text(entry, "measured_on")};
  Require(line.slope > 0, "slope is not above 0");
  Require(line.least_chance > 0 && line.least_chance < 1, "least_chance is not between 0 and 1");
  Require(line.gallery_exponent >= 0, "gallery_exponent is below 0");
  Require(line.ratio_min >= 0 && line.ratio_min <= 1, "ratio_min is not from 0 to 1");
  Require(line.ratio_max >= 1, "ratio_max is below 1");
  return line;
}

YardstickEntry ParseYardstick(const Json& entry) {
  YardstickEntry yardstick{
      .path = Text(entry, "cohort"), .sha256 = Sha256Text(entry), .line = ParseChanceLine(entry)};
  if (entry.contains("miss_curve")) {
    try {
      yardstick.miss_curve = ParseMissCurve(entry.at("miss_curve"));
    } catch (const std::exception& error) {
      throw BadEntry(std::string("miss_curve: ") + error.what());
    }
  }
  return yardstick;
}

bool Flag(const Json& entry, const char* key) {
  Require(entry.at(key).is_boolean(), std::string(key) + " is neither true nor false");
  return entry.at(key).get<bool>();
}

// A key that nobody reads would be a wish that nobody fulfils.
void RequireOnly(const Json& entry, std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : entry.items()) {
    Require(std::ranges::find(keys, key) != keys.end(), "there is no " + key);
  }
}

ChannelOrder ParseChannels(const std::string& order) {
  if (order == "rgb") return ChannelOrder::kRgb;
  if (order == "bgr") return ChannelOrder::kBgr;
  throw BadEntry("channels is neither rgb nor bgr: " + order);
}

Preprocessing ParsePreprocessing(const Json& entry) {
  Require(entry.is_object(), "preprocessing is not an object");
  RequireOnly(entry, {"channels", "mean", "scale", "standardise"});
  Preprocessing preprocessing{.channels = ParseChannels(Text(entry, "channels"))};
  if (entry.contains("standardise")) preprocessing.standardise = Flag(entry, "standardise");
  Require(!preprocessing.standardise || (!entry.contains("mean") && !entry.contains("scale")),
          "standardise takes the place of mean and scale");
  if (entry.contains("scale")) preprocessing.scale = Number(entry, "scale");
  Require(preprocessing.scale > 0, "scale is not above 0");
  if (!entry.contains("mean")) return preprocessing;
  const Json& mean = entry.at("mean");
  Require(mean.is_array() && mean.size() == 3 &&
              std::ranges::all_of(mean, [](const Json& each) { return each.is_number(); }),
          "mean is not a list of three numbers");
  mean.get_to(preprocessing.mean);
  return preprocessing;
}

Metric ParseMetric(const std::string& metric) {
  if (metric == "euclidean") return Metric::kEuclidean;
  if (metric == "cosine") return Metric::kCosine;
  throw BadEntry("metric is neither euclidean nor cosine: " + metric);
}

SpaceEntry ParseSpace(const Json& entry, const Manifest& manifest) {
  const std::string file_id = Text(entry, "file");
  const auto file = std::ranges::find(manifest.files, file_id, &ModelFile::id);
  Require(file != manifest.files.end() && file->role == ModelRole::kEmbedder,
          "file is not a listed embedder: " + file_id);
  const Json& chip = entry.at("chip");
  // Member by member: what is thrown within one big initializer is destroyed twice by g++ 12.
  SpaceEntry space;
  space.space.id = Text(entry, "id");
  space.space.model = file->file_name + " sha256:" + file->sha256;
  space.space.dimension = Count(entry, "dimension");
  space.file = file_id;
  space.chip = {.side_px = Count(chip, "side_px"), .padding = Number(chip, "padding")};
  space.alignment = Text(entry, "alignment");
  space.template_rule = Text(entry, "template");
  if (entry.contains("metric")) space.space.metric = ParseMetric(Text(entry, "metric"));
  if (entry.contains("preprocessing")) {
    space.preprocessing = ParsePreprocessing(entry.at("preprocessing"));
  }
  if (entry.contains("yardstick")) space.yardstick = ParseYardstick(entry.at("yardstick"));
  Require(space.chip.side_px <= 1024, "side_px is above 1024");
  Require(space.chip.padding >= 0 && space.chip.padding <= 2, "padding is not within 0 and 2");
  return space;
}

const SpaceEntry* SpaceNamed(const Manifest& manifest, std::string_view id) {
  const auto found =
      std::ranges::find(manifest.spaces, id, [](const auto& entry) { return entry.space.id; });
  return found == manifest.spaces.end() ? nullptr : &*found;
}

Fusion ParseFusion(const Json& entry, const Manifest& manifest) {
  Fusion fusion;
  fusion.id = Text(entry, "id");
  Require(SpaceNamed(manifest, fusion.id) == nullptr, "a space has this id: " + fusion.id);
  Require(entry.at("spaces").is_array(), "spaces is not a list");
  for (const Json& member : entry.at("spaces")) {
    const auto id = member.get<std::string>();
    const SpaceEntry* const space = SpaceNamed(manifest, id);
    Require(space != nullptr, "space is not listed: " + id);
    Require(space->yardstick.has_value(), "the space has no yardstick: " + id);
    Require(std::ranges::find(fusion.space_ids, id) == fusion.space_ids.end(),
            "the space is named twice: " + id);
    fusion.space_ids.push_back(id);
  }
  Require(fusion.space_ids.size() >= 2, "spaces: fewer than two");
  fusion.line = ParseChanceLine(entry);
  return fusion;
}

OperatingPoint ParseOperatingPoint(const Json& entry, const Manifest& manifest) {
  OperatingPoint point{.name = Text(entry, "name"),
                       .space_id = Text(entry, "space"),
                       .threshold = Number(entry, "threshold"),
                       .fpir = Number(entry, "fpir"),
                       .gallery_size = Count(entry, "gallery_size"),
                       .data = Text(entry, "data"),
                       .measured_on = Text(entry, "measured_on")};
  Require(SpaceNamed(manifest, point.space_id) != nullptr ||
              Lists(manifest.fusions, point.space_id, &Fusion::id),
          "space is not listed: " + point.space_id);
  Require(point.threshold > 0, "threshold is not above 0");
  Require(point.fpir > 0 && point.fpir < 1, "fpir is not between 0 and 1");
  return point;
}

const std::string& IdOf(const ModelPackage& package) { return package.id; }
const std::string& IdOf(const ModelFile& file) { return file.id; }
const std::string& IdOf(const SpaceEntry& space) { return space.space.id; }
const std::string& IdOf(const Fusion& fusion) { return fusion.id; }
const std::string& IdOf(const OperatingPoint& point) { return point.name; }

// Reads the list `key` into `list`, a member of `manifest`, whose earlier lists are complete.
template <class Entry>
void ParseList(const Json& root, const char* key, Manifest& manifest, std::vector<Entry>& list,
               Entry (*parse)(const Json&, const Manifest&)) {
  Require(root.contains(key) && root.at(key).is_array(), std::string(key) + " is not a list");
  for (const Json& json : root.at(key)) {
    const std::string place = std::string(key) + "[" + std::to_string(list.size()) + "]: ";
    try {
      Entry entry = parse(json, manifest);
      const auto id = [](const Entry& other) { return IdOf(other); };
      Require(!Lists(list, IdOf(entry), id), "listed twice: " + IdOf(entry));
      list.push_back(std::move(entry));
    } catch (const std::exception& error) {
      throw BadEntry(place + error.what());
    }
  }
}

void RequireRoles(const Manifest& manifest) {
  const auto count = [&](ModelRole role) {
    return std::ranges::count(manifest.files, role, &ModelFile::role);
  };
  Require(count(ModelRole::kDetector) == 1, "files: not exactly one detector");
  Require(count(ModelRole::kLandmarker) == 1, "files: not exactly one landmarker");
  Require(!manifest.spaces.empty(), "spaces: none");
}

}  // namespace

Result<Manifest> ParseManifest(std::string_view json) try {
  const Json root = Json::parse(json);
  Require(root.is_object(), "not a JSON object");
  Manifest manifest;
  ParseList(root, "packages", manifest, manifest.packages, ParsePackage);
  ParseList(root, "files", manifest, manifest.files, ParseFile);
  ParseList(root, "spaces", manifest, manifest.spaces, ParseSpace);
  if (root.contains("fusions")) {
    ParseList(root, "fusions", manifest, manifest.fusions, ParseFusion);
  }
  ParseList(root, "operating_points", manifest, manifest.operating_points, ParseOperatingPoint);
  RequireRoles(manifest);
  return manifest;
} catch (const std::exception& error) {
  return Fail(Reason::kConfigInvalid, std::string("models manifest: ") + error.what());
}

Result<Manifest> ReadManifest(const std::filesystem::path& path) {
  const auto text = ReadFileBytes(path);
  if (!text) {
    return Fail(Reason::kConfigInvalid, "models manifest: cannot read " + path.string(),
                {{"path", path.string()}});
  }
  return ParseManifest(*text);
}

Result<SpaceEntry> FindSpace(const Manifest& manifest, std::string_view id) {
  if (id.empty()) return manifest.spaces.front();
  if (const SpaceEntry* const entry = SpaceNamed(manifest, id)) return *entry;
  std::string listed;
  for (const SpaceEntry& entry : manifest.spaces) {
    listed += (listed.empty() ? "" : ", ") + entry.space.id;
  }
  for (const Fusion& fusion : manifest.fusions) listed += ", " + fusion.id;
  return Fail(
      Reason::kConfigInvalid,
      "models manifest: there is no space " + std::string(id) + "; there is: " + listed + ".",
      {{"space", std::string(id)}});
}

Result<std::vector<SpaceEntry>> FindSpacesOf(const Manifest& manifest, std::string_view id) {
  std::vector<SpaceEntry> found;
  const auto fusion = std::ranges::find(manifest.fusions, id, &Fusion::id);
  if (fusion == manifest.fusions.end()) {
    auto space = FindSpace(manifest, id);
    if (!space) return std::unexpected(space.error());
    found.push_back(*std::move(space));
    return found;
  }
  for (const std::string& member : fusion->space_ids) {
    found.push_back(*SpaceNamed(manifest, member));
  }
  return found;
}

std::vector<ModelFile> FilesOf(const Manifest& manifest, const SpaceEntry& space) {
  std::vector<ModelFile> files;
  std::ranges::copy_if(manifest.files, std::back_inserter(files), [&](const ModelFile& file) {
    return file.role != ModelRole::kEmbedder || file.id == space.file;
  });
  return files;
}

std::string ModelsDigest(const Manifest& manifest, const SpaceEntry& space) {
  std::vector<std::string> facts;
  for (const ModelFile& file : FilesOf(manifest, space)) {
    facts.push_back(Json{"file", file.id, file.format, file.sha256}.dump());
  }
  facts.push_back(Json{"space", space.space.id, space.file, space.space.dimension,
                       space.chip.side_px, space.chip.padding, space.alignment, space.template_rule}
                      .dump());
  // Only where they are not what they were before manifests had them: digests are kept in data.
  if (space.space.metric == Metric::kCosine) facts.push_back(Json{"metric", "cosine"}.dump());
  if (space.preprocessing) {
    const Preprocessing& how = *space.preprocessing;
    facts.push_back(Json{"preprocessing", how.channels == ChannelOrder::kRgb ? "rgb" : "bgr",
                         how.mean, how.scale, how.standardise}
                        .dump());
  }
  std::ranges::sort(facts);  // the order of a list says nothing
  std::string text;
  for (const std::string& fact : facts) text += fact + "\n";
  return Sha256Hex(text);
}

}  // namespace homeward
