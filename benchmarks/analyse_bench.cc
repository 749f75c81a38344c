// A JPEG to a template of the face in it: as the service does it for a photo of one person; by dlib
// in C++, HOG at full size and one vector on OpenBLAS, in turns; and by the Python package
// face_recognition as pip installs it (needs HOMEWARD_REFERENCE=$(tools/fetch.py reference)), in a
// process of its own, on the same files. One thread each; times are of its CPU. Faces of several
// sizes, each a real photo enlarged and laid into clouds of colour. Ours makes two vectors a
// template (the face and its mirror), measures quality and fits landmarks seven times; the peers do
// the least that gives a vector. Needs the photos of ../shared/faces (or HOMEWARD_FACES). An
// argument: a part of the names of the workloads that are wanted.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/labelled_photo.h"
#include "benchmarks/measurement.h"
#include "benchmarks/naive_recognition.h"
#include "benchmarks/photo_alteration.h"
#include "matcher/photo.h"
#include "models/model_pack.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

constexpr const char* kDlib = "dlib 19.24 in C++: HOG at full size, OpenBLAS";
constexpr const char* kPackage = "face_recognition's way: HOG upsampled once, dlib-bin of pip";

using Jpeg = std::vector<std::uint8_t>;

struct Canvas {
  const char* name;
  cv::Size size;
};
constexpr int kPhotos = 6;         // of each size of face
constexpr int kPackagePhotos = 3;  // it takes seconds for each

// Side of the face's box, brows to chin, as a share of the picture's height.
constexpr std::array<double, 3> kShares = {0.15, 0.25, 0.4};

std::vector<Jpeg> PhotosOf(const std::vector<LabelledPhoto>& faces, cv::Size canvas, double share) {
  std::vector<Jpeg> photos;
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const LabelledPhoto photo =
        PlacedInCanvas(faces[i], static_cast<int>(i), share * canvas.height, canvas);
    photos.push_back(EncodeJpeg(photo.bgr, 90).value());
  }
  return photos;
}

class Contest {
 public:
  explicit Contest(std::unique_ptr<FaceAnalyzer> analyzer) : analyzer_(std::move(analyzer)) {}

  void CompareWithDlib(const std::string& workload, const std::vector<Jpeg>& photos) {
    std::vector<double> ours;
    std::vector<double> theirs;
    int found = 0;
    int found_by_peer = 0;
    Analyze(photos.front());  // lays out what this size needs
    for (const Jpeg& photo : photos) {
      ours.push_back(ThreadSeconds([&] { found += Analyze(photo); }));
      theirs.push_back(ThreadSeconds([&] { found_by_peer += !naive_.Analyze(photo).empty(); }));
    }
    PrintComparison({"analyse", workload, "s of CPU a photo", kDlib}, Median(ours), Median(theirs));
    PrintComparison({"analyse", workload, "templates", kDlib, true}, found, found_by_peer);
  }

  // `packages`: the folder of dlib-bin.
  void CompareWithPackage(const std::string& workload, const std::vector<Jpeg>& photos,
                          const std::string& packages) {
    std::vector<double> ours;
    std::string files;
    std::vector<std::filesystem::path> written;
    for (int i = 0; i < kPackagePhotos; ++i) {
      const Jpeg& photo = photos[static_cast<std::size_t>(i)];
      ours.push_back(ThreadSeconds([&] { Analyze(photo); }));
      written.push_back(std::filesystem::temp_directory_path() /
                        fmt::format("homeward-analyse-{}.jpg", i));
      std::ofstream(written.back(), std::ios::binary)
          .write(reinterpret_cast<const char*>(photo.data()),
                 static_cast<std::streamsize>(photo.size()));
      files += " " + written.back().string();
    }
    const std::vector<double> theirs = PackageSeconds(packages, files);
    for (const auto& file : written) std::filesystem::remove(file);
    if (theirs.empty()) return;
    PrintComparison({"analyse", workload, "s of CPU a photo", kPackage}, Median(ours),
                    Median(theirs));
  }

 private:
  bool Analyze(const Jpeg& bytes) {
    auto photo = PhotoReader::Open(bytes).value();
    const auto faces = analyzer_->Analyze(photo, {.single_face = true}).value();
    return !faces.empty() && !faces.front().templates.empty();
  }

  // Of the photos in which it finds a face.
  static std::vector<double> PackageSeconds(const std::string& packages, const std::string& files) {
    const std::string command = "PYTHONPATH=" + packages +
                                " /usr/bin/python3 " HOMEWARD_SOURCE_DIR
                                "/benchmarks/reference_recognition.py " +
                                testing::WeightsFolder().string() + files;
    std::vector<double> seconds;
    FILE* output = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): our own command
    if (output == nullptr) return seconds;
    double one = 0;
    while (std::fscanf(output, "%lf", &one) == 1) {  // NOLINT(cert-err34-c): checked
      if (one >= 0) seconds.push_back(one);
    }
    pclose(output);
    return seconds;
  }

  std::unique_ptr<FaceAnalyzer> analyzer_;
  NaiveRecognition naive_;
};

int Run(std::string_view wanted) {
  const std::filesystem::path folder = testing::FacesFolder();
  if (!std::filesystem::is_directory(folder)) {
    fmt::print(stderr, "analyse: no photos in {}; set HOMEWARD_FACES\n", folder.string());
    return 0;
  }
  cv::setNumThreads(1);
  const auto models = ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  Contest contest(models->MakeAnalyzer().value());
  const char* packages = std::getenv("HOMEWARD_REFERENCE");
  if (packages == nullptr) {
    fmt::print(stderr, "analyse: no dlib-bin; HOMEWARD_REFERENCE=$(tools/fetch.py reference)\n");
  }
  const auto faces = PhotosAsTheyCome(folder, Half::kReported, kPhotos);
  for (const Canvas& canvas :
       {Canvas{"640 x 480", {640, 480}}, {"1920 x 1280", {1920, 1280}}, {"12 MP", {4000, 3000}}}) {
    for (const double share : kShares) {
      const std::string workload =
          fmt::format("{}, face {:.0f} % of the height", canvas.name, 100 * share);
      if (!workload.contains(wanted)) continue;
      const auto photos = PhotosOf(faces, canvas.size, share);
      contest.CompareWithDlib(workload, photos);
      if (packages != nullptr) contest.CompareWithPackage(workload, photos, packages);
    }
  }
  return 0;
}

}  // namespace
}  // namespace homeward

int main(int argc, char** argv) { return homeward::Run(argc > 1 ? argv[1] : ""); }
