// dlib's max-margin detector run by oneDNN, which serves, and by dlib on OpenBLAS, in turns, each
// on one thread, on drawn pictures of 640 to 1280 px (what it takes does not depend on what they
// show). Times are of the thread's CPU.
#include <memory>
#include <opencv2/imgproc.hpp>
#include <string>

#include "benchmarks/measurement.h"
#include "models/mmod_detector.h"
#include "models/model_pack.h"
#include "models/onednn_detector.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

cv::Mat Drawn(int columns, int rows) {
  cv::Mat grid(12, 16, CV_8UC3);
  cv::RNG(5).fill(grid, cv::RNG::UNIFORM, 0, 256);
  cv::Mat picture;
  cv::resize(grid, picture, {columns, rows}, 0, 0, cv::INTER_CUBIC);
  return picture;
}

double Seconds(FaceDetector& detector, const cv::Mat& picture) {
  return ThreadSeconds([&] { detector.Detect(picture).value(); });
}

int Run() {
  // What homewardd sets for its process too: one thread for OpenBLAS, freed blocks kept.
  const auto models = ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  if (models->detection().engine != "oneDNN") {
    fmt::print(stderr, "mmod: {}\n", models->detection().why_not_fast);
    return 0;
  }
  const auto weights = testing::ReadFile(testing::WeightsFolder() / "mmod_human_face_detector.dat");
  const auto fast = OnednnDetector::Build(weights).value();
  const auto dlib = MmodDetector::Load(weights).value();
  for (const cv::Size size : {cv::Size(640, 480), cv::Size(800, 600), cv::Size(1280, 960)}) {
    const cv::Mat picture = Drawn(size.width, size.height);
    Seconds(*fast, picture);  // lays it out
    const Measurement measurement{.bench = "mmod",
                                  .workload = fmt::format("{} x {}", size.width, size.height),
                                  .unit = "s of CPU a picture",
                                  .peer = "dlib 19.24 on OpenBLAS"};
    constexpr int kRuns = 5;
    Compare(
        measurement, kRuns, [&] { return Seconds(*fast, picture); },
        [&] { return Seconds(*dlib, picture); });
  }
  return 0;
}

}  // namespace
}  // namespace homeward

int main() { return homeward::Run(); }
