// What a user would pick instead, in processes of its own on the same machine. `./run bench peers`
// sets it up (tools/peers) and passes its folder in HOMEWARD_PEERS.
//
//   single query of a million   the 20 nearest of 1,000,000 random vectors, beside the newest wheel
//   of
//                               faiss-cpu and beside usearch's exact search, all cores each
//   single query of 200,000     the same in process, beside a Milvus server with a FLAT index over
//   its wire photo to template           the demonstration photos from bytes to template, one after
//   the other, by
//                               processor time, beside face_recognition and @vladmandic/face-api as
//                               they come
//
// Peers are timed once each, ours before and after.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "benchmarks/measurement.h"
#include "matcher/flat_index.h"
#include "models/model_pack.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

constexpr int kDimension = 128;
constexpr int kNearest = 20;
constexpr int kQueries = 50;

// What a peer printed: a figure, and for photos in how many it found a face.
struct PeerAnswer {
  double seconds = 0;
  int found = 0;
};

std::optional<PeerAnswer> Ask(const std::string& command) {
  FILE* const output = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): our own command
  if (output == nullptr) return std::nullopt;
  PeerAnswer answer;
  const int read =
      std::fscanf(output, "%lf %d", &answer.seconds, &answer.found);  // NOLINT(cert-err34-c)
  if (pclose(output) != 0 || read < 1) {
    fmt::print(stderr, "peers: no answer from {}\n", command.substr(0, 120));
    return std::nullopt;
  }
  return answer;
}

class Scratch {
 public:
  Scratch()
      : folder_(std::filesystem::temp_directory_path() /
                fmt::format("homeward-peers-{}", getpid())) {
    std::filesystem::create_directory(folder_);
  }
  ~Scratch() { std::filesystem::remove_all(folder_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string Write(const std::string& name, std::span<const float> values) const {
    const auto path = folder_ / name;
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size_bytes()));
    return path.string();
  }

 private:
  const std::filesystem::path folder_;
};

std::vector<float> RandomRows(std::size_t count) {
  std::mt19937 random(1);
  std::normal_distribution<float> normal(0, 0.1F);
  std::vector<float> rows(count * kDimension);
  for (float& each : rows) each = normal(random);
  return rows;
}

double SecondsAQuery(const FaceIndexSnapshot& rows, std::span<const float> queries) {
  const SlotFilter all = SlotFilter::Of(rows.size());
  std::vector<double> seconds;
  for (std::size_t i = 0; i < queries.size(); i += kDimension) {
    seconds.push_back(
        WallSeconds([&] { rows.Search(queries.subspan(i, kDimension), kNearest, all); }));
  }
  return Median(std::move(seconds));
}

void PrintQuery(const std::string& workload, const std::string& peer, double ours,
                const std::optional<PeerAnswer>& theirs) {
  if (!theirs) return;
  PrintComparison({.bench = "peers", .workload = workload, .unit = "ms", .peer = peer}, ours * 1e3,
                  theirs->seconds * 1e3);
}

struct SearchPeer {
  std::string name;
  std::string command;  // the files and the dimension follow
};

void CompareSearch(const std::string& workload, std::size_t count,
                   std::span<const SearchPeer> peers) {
  const Scratch scratch;
  const std::vector<float> all = RandomRows(count + kQueries);
  const auto rows = std::span(all).first(count * kDimension);
  const auto queries = std::span(all).subspan(rows.size());
  FlatIndex index(kDimension);
  for (std::size_t i = 0; i < rows.size(); i += kDimension) {
    if (!index.Add(rows.subspan(i, kDimension))) std::abort();
  }
  const auto snapshot = index.Pin();
  const std::string files = fmt::format("{} {} {}", scratch.Write("rows", rows),
                                        scratch.Write("queries", queries), kDimension);
  for (const SearchPeer& peer : peers) {
    const double before = SecondsAQuery(*snapshot, queries);
    const auto theirs = Ask(peer.command + " " + files);
    const double after = SecondsAQuery(*snapshot, queries);
    PrintQuery(workload, peer.name, (before + after) / 2, theirs);
  }
}

std::vector<std::filesystem::path> DemonstrationPhotos() {
  const char* const home = std::getenv("HOME");
  const auto folder = testing::FolderFrom(
      "HOMEWARD_PHOTOS",
      std::filesystem::path(home != nullptr ? home : "/root") / ".cache/homeward/photos/demo");
  std::vector<std::filesystem::path> photos;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder / "people")) {
    if (each.path().extension() == ".jpg") photos.push_back(each.path());
  }
  std::ranges::sort(photos);
  return photos;
}

PeerAnswer OurPhotos(FaceAnalyzer& analyzer, std::span<const std::filesystem::path> paths) {
  std::vector<double> seconds;
  PeerAnswer answer;
  for (const auto& path : paths) {
    seconds.push_back(ThreadSeconds([&] {
      const std::vector<char> file = testing::ReadFile(path);
      const auto photo =
          DecodePhoto(std::span(reinterpret_cast<const std::uint8_t*>(file.data()), file.size()));
      const auto faces = analyzer.Analyze(photo.value(), {.single_face = true});
      if (!faces.value().empty() && !faces->front().templates.empty()) ++answer.found;
    }));
  }
  answer.seconds = Median(std::move(seconds));
  return answer;
}

void ComparePhotos(const std::string& folder, const std::string& scripts) {
  const auto models = ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  const auto analyzer = models->MakeAnalyzer().value();
  const auto photos = DemonstrationPhotos();
  std::string words;
  for (const auto& each : photos) words += " " + each.string();
  for (const SearchPeer& peer :
       {SearchPeer{"face_recognition 1.3.0",
                   folder + "/python/bin/python " + scripts + "/photo.py"},
        SearchPeer{"@vladmandic/face-api 1.7.15",
                   "node " + scripts + "/photo.mjs " + folder + "/node_modules"}}) {
    OurPhotos(*analyzer, photos);  // pages and caches
    const PeerAnswer before = OurPhotos(*analyzer, photos);
    const auto theirs = Ask(peer.command + words);
    const PeerAnswer after = OurPhotos(*analyzer, photos);
    PrintQuery(fmt::format("photo to template, found in {} of {}", before.found, photos.size()),
               fmt::format("{}, found in {}", peer.name, theirs ? theirs->found : 0),
               (before.seconds + after.seconds) / 2, theirs);
  }
}

int Run() {
  const char* const given = std::getenv("HOMEWARD_PEERS");
  if (given == nullptr) {
    fmt::print(stderr, "peers: see ./run bench peers\n");
    return 2;
  }
  const std::string folder = given;
  const std::string scripts = HOMEWARD_SOURCE_DIR "/benchmarks/peers";
  ComparePhotos(folder, scripts);
  const std::string search = folder + "/python/bin/python " + scripts + "/search.py ";
  CompareSearch("single query of a million", 1'000'000,
                std::vector<SearchPeer>{{"faiss-cpu 1.15.1", search + "faiss"},
                                        {"usearch 2.26.6, exact", search + "usearch"}});
  // Milvus listens on every address: in a network of its own that is this machine alone.
  CompareSearch("single query of 200,000", 200'000,
                std::vector<SearchPeer>{{"Milvus 2.3.5, FLAT, over its wire",
                                         "unshare --net " + scripts + "/milvus_search.sh " +
                                             folder + "/milvus/bin/python"}});
  return 0;
}

}  // namespace
}  // namespace homeward

int main() { return homeward::Run(); }
