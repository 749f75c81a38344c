// Chips to vectors by dlib's face recognition network: run by oneDNN, which serves, and by dlib on
// OpenBLAS, in turns, each on one thread. Chips one at a time, as a face (a chip and its mirror
// image), and eight at a time; two workers at once against one; and against dlib's Python package
// as pip installs it, which brings no BLAS (needs HOMEWARD_REFERENCE=$(tools/fetch.py reference)).
// Times are of the threads' CPU, which other programs add to only by what they take of caches.
#include <array>
#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "benchmarks/measurement.h"
#include "models/embedder_trial.h"
#include "models/model_pack.h"
#include "tests/models/resnet_samples.h"

namespace homeward {
namespace {

constexpr int kRuns = 31;
constexpr const char* kDlib = "dlib 19.24 on OpenBLAS";

using Chips = std::span<const cv::Mat>;

// All of them, so many at a time.
double SecondsAChip(FaceEmbedder& embedder, Chips chips, std::size_t batch) {
  const double seconds = ThreadSeconds([&] {
    for (std::size_t first = 0; first < chips.size(); first += batch) {
      embedder.Embed(chips.subspan(first, batch)).value();
    }
  });
  return seconds / static_cast<double>(chips.size());
}

Measurement TimeAChip(const std::string& workload, const std::string& peer) {
  return {.bench = "embed", .workload = workload, .unit = "s of CPU a chip", .peer = peer};
}

void CompareWithDlib(const std::string& workload, FaceEmbedder& fast, FaceEmbedder& dlib,
                     Chips chips, std::size_t batch) {
  Compare(
      TimeAChip(workload, kDlib), kRuns, [&] { return SecondsAChip(fast, chips, batch); },
      [&] { return SecondsAChip(dlib, chips, batch); });
}

// Of `workers` at once: what each would do in a second of a core of its own, in sum.
double ChipsASecond(const OnednnEmbedder& original, int workers, Chips chips) {
  constexpr int kRounds = 12;
  std::vector<double> rates(static_cast<std::size_t>(workers));
  std::vector<std::thread> threads;
  std::barrier begin(workers);
  for (double& rate : rates) {
    threads.emplace_back([&rate, &begin, &original, chips] {
      const auto embedder = original.Copy().value();
      SecondsAChip(*embedder, chips, chips.size());  // pages and caches
      begin.arrive_and_wait();
      std::vector<double> seconds;
      for (int i = 0; i < kRounds; ++i) {
        seconds.push_back(SecondsAChip(*embedder, chips, chips.size()));
      }
      rate = 1 / Median(std::move(seconds));
    });
  }
  double sum = 0;
  for (std::thread& thread : threads) thread.join();
  for (const double rate : rates) sum += rate;
  return sum;
}

void CompareWorkers(const OnednnEmbedder& original, Chips chips) {
  const Measurement measurement{.bench = "embed",
                                .workload = "two workers at once, eight chips at a time",
                                .unit = "chips a second of CPU each, in sum",
                                .peer = "one worker",
                                .more_is_better = true};
  Compare(
      measurement, 9, [&] { return ChipsASecond(original, 2, chips); },
      [&] { return ChipsASecond(original, 1, chips); });
}

// Of dlib's Python package, which is asked in a process of its own. Below nought: it did not run.
double PackageSecondsAChip(const std::string& packages, const std::filesystem::path& chips) {
  const std::string command =
      "PYTHONPATH=" + packages +
      " /usr/bin/python3 " HOMEWARD_SOURCE_DIR "/benchmarks/reference_speed.py " +
      (testing::WeightsFolder() / "dlib_face_recognition_resnet_model_v1.dat").string() + " " +
      chips.string();
  FILE* output = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): our own command
  double seconds = -1;
  if (output != nullptr) {
    if (std::fscanf(output, "%lf", &seconds) != 1) seconds = -1;  // NOLINT(cert-err34-c): checked
    pclose(output);
  }
  return seconds;
}

void CompareWithPackage(FaceEmbedder& fast, Chips chips) {
  const char* packages = std::getenv("HOMEWARD_REFERENCE");
  if (packages == nullptr) {
    fmt::print(stderr, "embed: no dlib-bin; HOMEWARD_REFERENCE=$(tools/fetch.py reference)\n");
    return;
  }
  const auto file = std::filesystem::temp_directory_path() / "homeward-embed-chips.rgb";
  std::ofstream bytes(file, std::ios::binary);
  for (const cv::Mat& chip : chips) {
    bytes.write(reinterpret_cast<const char*>(chip.data),
                static_cast<std::streamsize>(chip.total() * chip.elemSize()));
  }
  bytes.close();
  constexpr int kPackageRuns = 5;
  for (const std::size_t batch : {1U, 8U}) {
    const std::string workload =
        batch == 1 ? "one chip at a time" : "eight chips at a time, peer one";
    Compare(
        TimeAChip(workload, "dlib-bin of pip"), kPackageRuns,
        [&] {
          std::vector<double> seconds;
          for (int i = 0; i < kRuns; ++i) seconds.push_back(SecondsAChip(fast, chips, batch));
          return Median(std::move(seconds));
        },
        [&] { return PackageSecondsAChip(packages, file); });
  }
  std::filesystem::remove(file);
}

int Run() {
  // What homewardd sets for its process too: one thread for OpenBLAS, freed blocks kept.
  const auto models = ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  if (models->embeddings().front().engine != "oneDNN") {
    fmt::print(stderr, "embed: {}\n", models->embeddings().front().why_not_fast);
    return 0;
  }
  OnednnEmbedder& fast = testing::OnednnResnet();
  ResnetEmbedder& dlib = testing::DlibResnet();
  const auto all = TrialChips(testing::kResnetChip.side_px);
  const Chips chips = Chips(all).last(8);
  CompareWithDlib("one chip at a time", fast, dlib, chips, 1);
  CompareWithDlib("one face, a chip and its mirror, at a time", fast, dlib, chips, 2);
  CompareWithDlib("eight chips at a time", fast, dlib, chips, 8);
  CompareWorkers(fast, chips);
  CompareWithPackage(fast, chips);
  return 0;
}

}  // namespace
}  // namespace homeward

int main() { return homeward::Run(); }
