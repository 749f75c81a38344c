// Which faces are found, by the cascade that serves photos and by dlib's HOG detector on the photo
// enlarged once, on photos of people as they come and as they are altered on their way. A face is
// found when a box covers the place where it is known to be (labelled_photo.h); the peer may answer
// with any number of boxes, ours is asked for one face, except where the name says otherwise. Needs
// the photos of ../shared/faces (or HOMEWARD_FACES). `detection_bench develop` uses the half of
// them that constants are chosen on; without an argument, the other.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "benchmarks/labelled_photo.h"
#include "benchmarks/measurement.h"
#include "benchmarks/photo_alteration.h"
#include "benchmarks/upsampled_hog.h"
#include "models/model_pack.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

constexpr char kPeer[] = "dlib HOG, one upsampling (face_recognition's default)";
constexpr AnalyzeOptions kEveryFace{.make_templates = false};
constexpr AnalyzeOptions kOneFace{.single_face = true, .make_templates = false};

using Alteration = std::function<LabelledPhoto(const LabelledPhoto&, int index)>;
using Judge = std::function<bool(const cv::Rect2f& box)>;

// What one of the two answered to the photos of a workload.
struct Answers {
  void Add(double seconds_taken, const std::vector<cv::Rect2f>& boxes, const Judge& counts) {
    seconds.push_back(seconds_taken);
    if (std::ranges::any_of(boxes, counts)) ++counted;
  }
  double percent() const { return 100.0 * counted / static_cast<double>(seconds.size()); }

  std::vector<double> seconds;
  int counted = 0;
};

LabelledPhoto AsItIs(const LabelledPhoto& photo, int /*index*/) { return photo; }

class Contest {
 public:
  explicit Contest(std::unique_ptr<FaceAnalyzer> analyzer) : analyzer_(std::move(analyzer)) {}

  // How many labelled faces each finds.
  void CompareRecall(const std::string& workload, const std::vector<LabelledPhoto>& photos,
                     const Alteration& alter, const AnalyzeOptions& options) {
    Start();
    for (std::size_t i = 0; i < photos.size(); ++i) {
      const LabelledPhoto photo = alter(photos[i], static_cast<int>(i));
      Ask(photo.bgr, options, [&](const cv::Rect2f& box) { return photo.face.IsCoveredBy(box); });
    }
    Print(workload, {"detection", "", "% found", kPeer, true});
  }

  // In how many pictures without a face each sees one where `judge` would not expect it.
  void CompareFalseAlarms(const std::string& workload, const std::vector<LabelledPhoto>& pictures,
                          const Alteration& alter) {
    Start();
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const LabelledPhoto picture = alter(pictures[i], static_cast<int>(i));
      Ask(picture.bgr, kEveryFace, [&](const cv::Rect2f& box) { return picture.face.Holds(box); });
    }
    Print(workload, {"detection", "", "% with a false face", kPeer});
  }

 private:
  void Start() { ours_ = theirs_ = {}; }

  void Ask(const cv::Mat& bgr, const AnalyzeOptions& options, const Judge& counts) {
    std::vector<cv::Rect2f> boxes;
    const double our_seconds = ThreadSeconds([&] { boxes = OurBoxes(bgr, options); });
    ours_.Add(our_seconds, boxes, counts);
    const double their_seconds = ThreadSeconds([&] { boxes = peer_.Detect(bgr); });
    theirs_.Add(their_seconds, boxes, counts);
  }

  std::vector<cv::Rect2f> OurBoxes(const cv::Mat& bgr, const AnalyzeOptions& options) {
    Photo photo;
    photo.bgr = bgr;
    const auto faces = analyzer_->Analyze(photo, options).value();
    std::vector<cv::Rect2f> boxes;
    for (const Face& face : faces) boxes.push_back(face.box);
    return boxes;
  }

  void Print(const std::string& workload, Measurement measurement) const {
    measurement.workload = fmt::format("{}, {} pictures", workload, ours_.seconds.size());
    PrintComparison(measurement, ours_.percent(), theirs_.percent());
    PrintComparison({"detection", workload + ", median time", "s", kPeer}, Median(ours_.seconds),
                    Median(theirs_.seconds));
  }

  std::unique_ptr<FaceAnalyzer> analyzer_;
  UpsampledHog peer_;
  Answers ours_;
  Answers theirs_;
};

struct Workload {
  std::string name;
  std::function<void(Contest&, const std::string& name)> run;
};

Workload Recall(const std::string& name, std::vector<LabelledPhoto> photos, Alteration alter,
                const AnalyzeOptions& options = kOneFace) {
  return {name, [photos = std::move(photos), alter = std::move(alter), options](
                    Contest& contest, const std::string& what) {
            contest.CompareRecall(what, photos, alter, options);
          }};
}

Workload FalseAlarms(const std::string& name, std::vector<LabelledPhoto> pictures,
                     Alteration alter) {
  return {name, [pictures = std::move(pictures), alter = std::move(alter)](
                    Contest& contest, const std::string& what) {
            contest.CompareFalseAlarms(what, pictures, alter);
          }};
}

LabelledPhoto SmallInAWebcamPicture(const LabelledPhoto& photo, int index) {
  return PlacedInCanvas(photo, index, 24, {640, 480});
}

// Of people who stand at some distance: a 36th to a 12th of the picture's width.
LabelledPhoto InAPhonePicture(const LabelledPhoto& photo, int index) {
  constexpr std::array<double, 4> kSides = {110, 160, 220, 320};
  const double side = kSides[static_cast<std::size_t>(index) % kSides.size()];
  return PlacedInCanvas(photo, index, side, {4'000, 3'000});
}

// Of one person before a camera: an eighth to two fifths of the picture's height.
LabelledPhoto InACameraPicture(const LabelledPhoto& photo, int index) {
  constexpr std::array<double, 4> kSides = {120, 180, 260, 380};
  const double side = kSides[static_cast<std::size_t>(index) % kSides.size()];
  return PlacedInCanvas(photo, index, side, {1'280, 960});
}

Alteration InACameraPictureAnd(const Alteration& alter) {
  return [alter](const LabelledPhoto& photo, int index) {
    return alter(InACameraPicture(photo, index), index);
  };
}

std::vector<Workload> Workloads(const std::filesystem::path& faces, Half half) {
  const auto photos = PhotosAsTheyCome(faces, half, 150);
  const auto crops = TightCrops(faces, half, 150);
  const auto some = PhotosAsTheyCome(faces, half, 60);
  const auto few = PhotosAsTheyCome(faces, half, 30);
  const auto fewest = PhotosAsTheyCome(faces, half, 18);  // the peer takes seconds for each
  return {
      Recall("as they come", photos, AsItIs),
      Recall("as they come, every face asked for", some, AsItIs, kEveryFace),
      Recall("tilted by 20 degrees", photos, Tilted),
      Recall("a twelfth of the light", photos, Darkened),
      Recall("a twelfth of the light, noisy", photos, DarkAndNoisy),
      Recall("cut by the border", photos, CutAtBorder),
      Recall("turned by quarters", some, TurnedByQuarters),
      Recall("face of 24 px in 640 x 480", few, SmallInAWebcamPicture),
      Recall("1280 x 960", some, InACameraPicture),
      Recall("1280 x 960, tilted by 20 degrees", some, InACameraPictureAnd(Tilted)),
      Recall("1280 x 960, a twelfth of the light", some, InACameraPictureAnd(Darkened)),
      Recall("1280 x 960, a twelfth of the light, noisy", some, InACameraPictureAnd(DarkAndNoisy)),
      Recall("face of 110 to 320 px in 12 MP", fewest, InAPhonePicture),
      Recall("tight crops of Chinese faces", crops, AsItIs),
      Recall("tight crops of Chinese faces, tilted by 20 degrees", crops, Tilted),
      Recall("tight crops of Chinese faces, a twelfth of the light", crops, Darkened),
      FalseAlarms("no face, textures", std::vector<LabelledPhoto>(15), TextureOnly),
      FalseAlarms("no face, a texture in its place", few, WithoutFace),
  };
}

// Arguments: `develop`, and a part of the names of the workloads that are wanted.
int Run(std::span<const char* const> arguments) {
  Half half = Half::kReported;
  std::string_view wanted;
  for (const std::string_view argument : arguments) {
    if (argument == "develop") {
      half = Half::kDevelopment;
    } else {
      wanted = argument;
    }
  }
  const std::filesystem::path faces = testing::FacesFolder();
  if (!std::filesystem::is_directory(faces)) {
    fmt::print(stderr, "detection: no photos in {}; set HOMEWARD_FACES\n", faces.string());
    return 0;
  }
  cv::setNumThreads(1);
  const auto models = ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  Contest contest(models->MakeAnalyzer().value());
  for (const Workload& workload : Workloads(faces, half)) {
    if (workload.name.contains(wanted)) workload.run(contest, workload.name);
  }
  return 0;
}

}  // namespace
}  // namespace homeward

int main(int argc, char** argv) {
  return homeward::Run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
}
