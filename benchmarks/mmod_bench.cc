// dlib's max-margin detector run by oneDNN, which serves, in each precision that this processor is
// fast in, and by dlib on OpenBLAS, in turns, each on one thread, on drawn pictures of 640 to 1280
// px (what it takes does not depend on what they show). Times are of the thread's CPU.
#include <memory>
#include <opencv2/imgproc.hpp>
#include <span>
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

void CompareIn(Precision precision, const std::string& name, std::span<const char> weights,
               FaceDetector& dlib) {
  const auto fast = OnednnDetector::Build(weights, precision);
  if (!fast) {
    fmt::print(stderr, "mmod, {}: {}\n", name, fast.error().message);
    return;
  }
  for (const cv::Size size : {cv::Size(640, 480), cv::Size(800, 600), cv::Size(1280, 960)}) {
    const cv::Mat picture = Drawn(size.width, size.height);
    Seconds(**fast, picture);  // lays it out
    const Measurement measurement{
        .bench = "mmod",
        .workload = fmt::format("{} x {}, {}", size.width, size.height, name),
        .unit = "s of CPU a picture",
        .peer = "dlib 19.24 on OpenBLAS"};
    constexpr int kRuns = 5;
    Compare(
        measurement, kRuns, [&] { return Seconds(**fast, picture); },
        [&] { return Seconds(dlib, picture); });
  }
}

int Run() {
  // What homewardd sets for its process too: one thread for OpenBLAS, freed blocks kept.
  const auto models = ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  const auto weights = testing::ReadFile(testing::WeightsFolder() / "mmod_human_face_detector.dat");
  const auto dlib = MmodDetector::Load(weights).value();
  CompareIn(Precision::kFloat32, "32 bits", weights, *dlib);
  CompareIn(Precision::kBfloat16, "16 bits", weights, *dlib);
  return 0;
}

}  // namespace
}  // namespace homeward

int main() { return homeward::Run(); }
