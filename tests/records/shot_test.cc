#include "server/records/shot.h"

#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>

namespace homeward {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

FacePrint PrintNumber(int number) {
  cv::Mat chip(150, 150, CV_8UC3);
  cv::RNG(static_cast<std::uint64_t>(number)).fill(chip, cv::RNG::UNIFORM, 0, 256);
  return PrintOf(chip);
}

FaceEntry FaceOf(int number, float value, std::int32_t shot = 0) {
  FaceEntry entry;
  entry.face.print = PrintNumber(number);
  entry.templates = {{"here", {value}}, {"there", {-value}}};
  entry.shot = shot;
  return entry;
}

PhotoEntry PhotoWith(std::vector<FaceEntry> faces) {
  PhotoEntry photo;
  photo.faces = std::move(faces);
  return photo;
}

std::vector<std::int32_t> NumbersOf(const std::vector<PhotoEntry>& photos) {
  std::vector<std::int32_t> numbers;
  for (const PhotoEntry& photo : photos) {
    for (const FaceEntry& face : photo.faces) numbers.push_back(face.shot);
  }
  return numbers;
}

TEST(ShotTest, CopiesHaveTheNumberOfTheirFirst) {
  std::vector<PhotoEntry> photos = {PhotoWith({FaceOf(1, 1)}), PhotoWith({FaceOf(2, 2)}),
                                    PhotoWith({}), PhotoWith({FaceOf(1, 3)}),
                                    PhotoWith({FaceOf(2, 4)})};
  NumberShots({}, photos);
  EXPECT_THAT(NumbersOf(photos), ElementsAre(1, 2, 1, 2));
}

TEST(ShotTest, GoesOnFromWhatIsStored) {
  const std::vector<PhotoEntry> stored = {PhotoWith({FaceOf(1, 1, 4)}),
                                          PhotoWith({FaceOf(2, 2, 7)})};
  std::vector<PhotoEntry> added = {PhotoWith({FaceOf(3, 3)}), PhotoWith({FaceOf(1, 4)}),
                                   PhotoWith({FaceOf(3, 5)})};
  NumberShots(stored, added);
  EXPECT_THAT(NumbersOf(added), ElementsAre(8, 4, 8));
}

TEST(ShotTest, WithoutAPrintAFaceIsAShotOfItsOwn) {
  const std::vector<PhotoEntry> stored = {PhotoWith({FaceOf(1, 1, 0)})};  // of before
  std::vector<PhotoEntry> added = {PhotoWith({FaceOf(1, 2)}), PhotoWith({FaceOf(2, 3)})};
  added.back().faces.front().face.print.reset();
  NumberShots(stored, added);
  EXPECT_THAT(NumbersOf(added), ElementsAre(1, 2));
}

TEST(ShotTest, APersonIsTheFirstOfEachShotInTheSpaceAskedFor) {
  const std::vector<PhotoEntry> photos = {
      PhotoWith({FaceOf(1, 1, 1)}), PhotoWith({FaceOf(2, 2, 2)}), PhotoWith({FaceOf(1, 3, 1)}),
      PhotoWith({FaceOf(4, 4, 0)}), PhotoWith({FaceOf(5, 5, 0)})};
  const auto of = [](float value) {
    return AllOf(Field(&Template::space_id, "there"), Field(&Template::vector, ElementsAre(value)));
  };
  EXPECT_THAT(TemplatesOfShots(photos, "there"), ElementsAre(of(-1), of(-2), of(-4), of(-5)));
  EXPECT_THAT(TemplatesOfShots(photos, "nowhere"), IsEmpty());
}

}  // namespace
}  // namespace homeward
