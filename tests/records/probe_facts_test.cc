#include "server/records/probe_facts.h"

#include <gmock/gmock.h>

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Date kToday{2026, 11, 22};

MissCurve Curve() {
  return {.intercept = -4,
          .needed_score = 0.6,
          .child_until = 12,
          .children = {{0, 0.5}, {16, 0.84}},
          .adults = {{0, 0.08}, {6, 0.2}},
          .data = "made up",
          .measured_on = "2026-11-01"};
}

Quality Flagged(std::vector<QualityFlag> flags) {
  Quality quality;
  quality.flags = std::move(flags);
  return quality;
}

PhotoEntry PhotoOfShot(std::int32_t shot, std::optional<Date> taken = {}) {
  FaceEntry face;
  face.templates = {{"space", {0.0F}}};
  face.shot = shot;
  PhotoEntry photo;
  photo.capture_date = taken;
  photo.faces = {face};
  return photo;
}

Record Missing(std::optional<Date> birth) {
  Record record;
  record.kind = RecordKind::kMissing;
  record.details = MissingDetails{};
  record.person.birth_date = birth;
  return record;
}

TEST(ProbeFactsTest, CountsCopiesOfAPhotographOnce) {
  const std::vector<PhotoEntry> photos = {PhotoOfShot(1), PhotoOfShot(2), PhotoOfShot(1)};
  const ProbeFacts facts =
      FactsOf(Missing({}), std::span(photos).first(1), photos, "space", kToday);
  EXPECT_EQ(facts.qualities.size(), 1U);
  EXPECT_EQ(facts.shots, 2);
  EXPECT_FALSE(facts.taken);
  EXPECT_EQ(FactsOf(Missing({}), photos, photos, "other", kToday).shots, 0);
}

TEST(ProbeFactsTest, TakesTheNewestPhotoForTheYears) {
  const std::vector<PhotoEntry> photos = {PhotoOfShot(1, Date{2004, 5, 1}),
                                          PhotoOfShot(2, Date{2006, 11, 23}), PhotoOfShot(3)};
  const ProbeFacts facts = FactsOf(Missing(Date{2000, 0, 0}), photos, photos, "space", kToday);
  EXPECT_EQ(facts.taken, (PhotoAge{.years_since = 19, .age_min = 5, .age_max = 6}));
}

TEST(ProbeFactsTest, TakesTheReportsDayWherePhotosHaveNone) {
  Record record = Missing({});
  std::get<MissingDetails>(record.details).last_photo_date = Date{2020, 0, 0};
  const std::vector<PhotoEntry> photos = {PhotoOfShot(1)};
  EXPECT_EQ(FactsOf(record, photos, photos, "space", kToday).taken, (PhotoAge{.years_since = 5}));
}

TEST(ProbeFactsTest, NoticesChildrenThatYearsHaveChanged) {
  const auto notices = [](PhotoAge taken) { return NoticesFor({.taken = taken}, Curve()); };
  EXPECT_THAT(notices({.years_since = 20, .age_min = 1, .age_max = 2}),
              ElementsAre(OutlookNotice::kChildToAdult, OutlookNotice::kInfant));
  EXPECT_THAT(notices({.years_since = 5, .age_min = 4, .age_max = 5}),
              ElementsAre(OutlookNotice::kLongChildhoodGap));
  EXPECT_THAT(notices({.years_since = 0, .age_min = 1, .age_max = 2}),
              ElementsAre(OutlookNotice::kInfant));
  EXPECT_THAT(notices({.years_since = 3, .age_min = 4, .age_max = 5}), IsEmpty());
  EXPECT_THAT(notices({.years_since = 20, .age_min = 13, .age_max = 14}), IsEmpty());
  EXPECT_THAT(NoticesFor({}, Curve()), IsEmpty());
}

TEST(ProbeFactsTest, AdvisesWhatHelpsMostAndNoMoreThanTwo) {
  const ProbeFacts poor{
      .qualities = {Flagged({QualityFlag::kTurned, QualityFlag::kDark, QualityFlag::kTooSmall})}};
  EXPECT_THAT(AdviceFor(poor, Curve()), ElementsAre(Advice::kLargerFace, Advice::kFrontalPhoto));
  ProbeFacts old = poor;
  old.taken = PhotoAge{.years_since = 7, .age_min = 40, .age_max = 41};
  EXPECT_THAT(AdviceFor(old, Curve()), ElementsAre(Advice::kLaterPhoto, Advice::kLargerFace));
}

TEST(ProbeFactsTest, AsksForNothingThatOnePhotoHasAlready) {
  const ProbeFacts facts{.qualities = {Flagged({QualityFlag::kDark}), Flagged({})}, .shots = 2};
  EXPECT_THAT(AdviceFor(facts, Curve()), ElementsAre(Advice::kMorePhotos));
  EXPECT_THAT(AdviceFor({.qualities = {Flagged({})}, .shots = 5}, Curve()), IsEmpty());
}

TEST(ProbeFactsTest, TellsAnOutlookOnlyWhereSomethingCanBeTold) {
  Yardstick yardstick;
  yardstick.line.intercept = 3.71;
  yardstick.line.slope = 1.46;
  yardstick.line.gallery_exponent = 0.487;
  SearchResult result;
  result.probe_spread = Spread{.mean = 0.7F, .deviation = 0.04F};
  result.comparison.compared = 1000;
  OperatingPoint point;
  point.fpir = 0.01;
  EXPECT_FALSE(OutlookOf(nullptr, result, point, {}));
  EXPECT_FALSE(OutlookOf(&yardstick, result, point, {})) << "no curve";
  yardstick.miss_curve = Curve();
  const auto outlook = OutlookOf(&yardstick, result, point, {});
  ASSERT_TRUE(outlook);
  // The score needed among 1,000 people is 5.695: 1 / (1 + exp(4 - 0.6 * 5.695)).
  EXPECT_NEAR(outlook->expected_miss_rate, 0.358, 1e-3);
  result.comparison.compared = 100'000;
  EXPECT_GT(OutlookOf(&yardstick, result, point, {})->expected_miss_rate,
            outlook->expected_miss_rate);
  result.comparison.compared = 0;
  EXPECT_FALSE(OutlookOf(&yardstick, result, point, {})) << "nobody was compared";
}

}  // namespace
}  // namespace homeward
