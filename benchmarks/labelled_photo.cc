#include "benchmarks/labelled_photo.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tests/models/face_samples.h"

namespace homeward {
namespace {

using std::filesystem::path;

// Shares of the picture's sides, from photos of the development half.
struct AlignedSet {
  std::string folder;
  cv::Point2d middle;
  double side;
};

const AlignedSet kLfw{"lfw", {0.495, 0.53}, 0.42};
const AlignedSet kChildren{"filler/child", {0.48, 0.48}, 0.85};
const AlignedSet kEastAsianAdults{"filler/east-asian-adult", {0.49, 0.56}, 0.55};
const AlignedSet kElderly{"filler/elderly", {0.48, 0.48}, 0.85};
const AlignedSet kChinese{"chinese", {0.5, 0.53}, 0.9};

std::vector<path> Sorted(const path& folder) {
  std::vector<path> entries;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_directory() || entry.path().extension() == ".jpg") entries.push_back(entry.path());
  }
  std::ranges::sort(entries);
  return entries;
}

// Folders are people, files beside each other are strangers; whole people go to one half.
std::vector<path> HalfOf(const path& folder, Half half) {
  std::vector<path> mine;
  const std::vector<path> all = Sorted(folder);
  for (std::size_t i = half == Half::kReported ? 0 : 1; i < all.size(); i += 2) {
    mine.push_back(all[i]);
  }
  return mine;
}

std::vector<path> Spread(const std::vector<path>& all, std::size_t count) {
  std::vector<path> spread;
  for (std::size_t i = 0; i < std::min(count, all.size()); ++i) {
    spread.push_back(all[i * all.size() / std::min(count, all.size())]);
  }
  return spread;
}

LabelledPhoto Read(const AlignedSet& set, const path& file) {
  LabelledPhoto photo{.bgr = testing::ReadPhoto(file).bgr, .face = {}};
  const double width = photo.bgr.cols;
  const double height = photo.bgr.rows;
  photo.face = {.middle = {set.middle.x * width, set.middle.y * height},
                .side = set.side * (width + height) / 2};
  return photo;
}

void AddStrangers(const path& faces, const AlignedSet& set, Half half, std::size_t count,
                  std::vector<LabelledPhoto>& photos) {
  for (const path& entry : Spread(HalfOf(faces / set.folder, half), count)) {
    const bool person = std::filesystem::is_directory(entry);
    photos.push_back(Read(set, person ? Sorted(entry).front() : entry));
  }
}

double Distance(const cv::Rect2f& box, cv::Point2d from) {
  const cv::Point2d off = cv::Point2d(box.tl() + box.br()) / 2 - from;
  return std::hypot(off.x, off.y);
}

}  // namespace

bool FacePlace::IsCoveredBy(const cv::Rect2f& box) const {
  const double ratio = (box.width + box.height) / 2 / side;
  return Distance(box, middle) <= side / 2 && ratio >= 0.4 && ratio <= 2.5;
}

bool FacePlace::Holds(const cv::Rect2f& box) const { return Distance(box, middle) <= 0.7 * side; }

std::vector<LabelledPhoto> PhotosAsTheyCome(const path& faces, Half half, std::size_t count) {
  std::vector<LabelledPhoto> photos;
  AddStrangers(faces, kLfw, half, count / 2, photos);
  for (const AlignedSet& set : {kChildren, kEastAsianAdults, kElderly}) {
    AddStrangers(faces, set, half, count / 6, photos);
  }
  return photos;
}

std::vector<LabelledPhoto> TightCrops(const path& faces, Half half, std::size_t count) {
  std::vector<path> files;
  for (const path& person : HalfOf(faces / kChinese.folder, half)) {
    for (const path& file : Sorted(person)) files.push_back(file);
  }
  std::vector<LabelledPhoto> photos;
  for (const path& file : Spread(files, count)) photos.push_back(Read(kChinese, file));
  return photos;
}

}  // namespace homeward
