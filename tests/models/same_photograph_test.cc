// Whether copies of real photos are recognised, and other photos of the same people are not taken
// for copies. Of the people with several photos, those in odd places: the threshold was chosen on
// the others (matcher/face_print.cc).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "models/model_pack.h"
#include "tests/models/face_samples.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

std::vector<std::vector<std::filesystem::path>> PeopleWithSeveralPhotos(std::size_t count) {
  std::map<std::filesystem::path, std::vector<std::filesystem::path>> photos;
  for (const auto& path : testing::SamplePhotos("lfw", 10'000)) {
    auto& of_person = photos[path.parent_path()];
    if (std::ranges::find(of_person, path) == of_person.end()) of_person.push_back(path);
  }
  std::vector<std::vector<std::filesystem::path>> people;
  std::size_t place = 0;
  for (const auto& [person, paths] : photos) {
    if (paths.size() >= 4 && ++place % 2 == 0 && people.size() < count) people.push_back(paths);
  }
  return people;
}

std::optional<FacePrint> PrintIn(const Photo& photo) {
  static const auto pack =
      ModelPack::Open(testing::ManifestFile(), testing::WeightsFolder()).value();
  static const auto analyzer = pack->MakeAnalyzer().value();
  const auto faces =
      analyzer->Analyze(photo, {.single_face = true, .make_templates = false}).value();
  return faces.empty() ? std::nullopt : faces.front().print;
}

cv::Mat Scaled(const cv::Mat& bgr, double scale) {
  cv::Mat scaled;
  cv::resize(bgr, scaled, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return scaled;
}

Photo Recompressed(const cv::Mat& bgr, int quality) {
  return DecodePhoto(testing::MakeJpeg(bgr, {.quality = quality})).value();
}

// As messengers, croppers and screens leave it.
std::vector<Photo> CopiesOf(const cv::Mat& bgr) {
  cv::Mat screen(bgr.rows * 2 + 300, bgr.cols * 2 + 80, CV_8UC3, cv::Scalar(245, 240, 240));
  const cv::Mat shown = Scaled(bgr, 2) * 0.95 + cv::Scalar::all(5);
  shown.copyTo(screen(cv::Rect({40, 200}, shown.size())));
  const cv::Rect cropped(bgr.cols / 6, bgr.rows / 6, bgr.cols * 2 / 3, bgr.rows * 2 / 3);
  return {Recompressed(bgr, 30), Recompressed(Scaled(bgr, 0.6), 70),
          Recompressed(Scaled(bgr, 2), 85), Recompressed(bgr(cropped).clone(), 85),
          Recompressed(screen, 80)};
}

struct Tally {
  int copies = 0;
  int copies_known = 0;
  int others = 0;
  int others_taken_for_copies = 0;
};

Tally Count(const std::vector<std::vector<std::filesystem::path>>& people) {
  Tally tally;
  for (const auto& paths : people) {
    std::vector<FacePrint> prints;
    for (std::size_t i = 0; i < 4; ++i) {
      const Photo photo = testing::ReadPhoto(paths[i]);
      const auto print = PrintIn(photo);
      if (!print) continue;
      for (const FacePrint& other : prints) {
        ++tally.others;
        if (ShowSamePhotograph(*print, other)) {
          ++tally.others_taken_for_copies;
          std::printf("taken for a copy: %s\n", paths[i].c_str());
        }
      }
      prints.push_back(*print);
      if (i > 0) continue;
      for (const Photo& copy : CopiesOf(photo.bgr)) {
        const auto copied = PrintIn(copy);
        ++tally.copies;
        if (copied && ShowSamePhotograph(*print, *copied)) ++tally.copies_known;
      }
    }
  }
  std::printf("copies known: %d of %d; others taken for copies: %d of %d\n", tally.copies_known,
              tally.copies, tally.others_taken_for_copies, tally.others);
  return tally;
}

TEST(SamePhotographTest, IsToldFromAnotherPhotoOfTheSamePerson) {
  const auto people = PeopleWithSeveralPhotos(2);
  if (people.empty()) GTEST_SKIP() << "no folder of faces";
  const Tally tally = Count(people);
  EXPECT_GE(tally.copies_known, tally.copies - 1);
  EXPECT_EQ(tally.others_taken_for_copies, 0);
}

// Of 60 in benchmarks/RESULTS.md.
TEST(SamePhotographTest, SlowIsToldFromAnotherPhotoOfEightPeople) {
  const auto people = PeopleWithSeveralPhotos(8);
  if (people.empty()) GTEST_SKIP() << "no folder of faces";
  const Tally tally = Count(people);
  EXPECT_GE(tally.copies_known, 0.95 * tally.copies);
  EXPECT_LE(tally.others_taken_for_copies, 0.01 * tally.others);
}

}  // namespace
}  // namespace homeward
