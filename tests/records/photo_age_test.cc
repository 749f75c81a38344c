#include "server/records/photo_age.h"

#include <gtest/gtest.h>

#include <vector>

namespace homeward {
namespace {

Record BornIn(int year, RecordKind kind) {
  Record record;
  record.kind = kind;
  if (kind == RecordKind::kMissing) record.details = MissingDetails{};
  record.person.birth_date = Date{year, 0, 0};
  return record;
}

PhotoEntry Taken(std::optional<Date> on) {
  PhotoEntry photo;
  photo.capture_date = on;
  photo.created = Time(std::chrono::sys_days(std::chrono::year{2026} / 11 / 22));
  return photo;
}

TEST(PhotoAgeTest, IsOfAllPhotosTogether) {
  const std::vector<PhotoEntry> photos = {Taken(Date{1990, 3, 0}), Taken(Date{1996, 0, 0})};
  const auto age = AgeIn(BornIn(1985, RecordKind::kAtRisk), photos);
  ASSERT_TRUE(age);
  EXPECT_EQ(age->min, 4);
  EXPECT_EQ(age->max, 11);
}

TEST(PhotoAgeTest, TakesAStrandedPersonsPhotoForAsOldAsItsRecord) {
  const std::vector<PhotoEntry> photos = {Taken({})};
  EXPECT_EQ(AgeIn(BornIn(1950, RecordKind::kStranded), photos)->max, 76);
  EXPECT_FALSE(AgeIn(BornIn(1950, RecordKind::kAtRisk), photos));
}

TEST(PhotoAgeTest, TakesAMissingPersonsPhotoForAsOldAsTheReportSays) {
  const std::vector<PhotoEntry> photos = {Taken({})};
  Record record = BornIn(1992, RecordKind::kMissing);
  EXPECT_FALSE(AgeIn(record, photos));
  std::get<MissingDetails>(record.details).last_photo_date = Date{1998, 6, 1};
  EXPECT_EQ(AgeIn(record, photos)->max, 6);
}

TEST(PhotoAgeTest, IsNotKnownWithoutABirth) {
  const std::vector<PhotoEntry> photos = {Taken(Date{1990, 3, 0})};
  EXPECT_FALSE(AgeIn(Record{}, photos));
}

TEST(PhotoAgeTest, TellsChildFromAdultOnlyWhereBothAreCertain) {
  EXPECT_TRUE(AreChildAndAdult({5, 12}, {18, 60}));
  EXPECT_TRUE(AreChildAndAdult({18, 18}, {0, 1}));
  EXPECT_FALSE(AreChildAndAdult({5, 13}, {18, 60}));
  EXPECT_FALSE(AreChildAndAdult({5, 12}, {17, 60}));
  EXPECT_FALSE(AreChildAndAdult({3, 5}, {6, 8}));
}

}  // namespace
}  // namespace homeward
