#include "server/records/record.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace homeward {
namespace {

using Years = std::pair<std::optional<int>, std::optional<int>>;

Years BirthYears(const Person& person) {
  Record record;
  record.person = person;
  record.created = Time(std::chrono::sys_days(std::chrono::year(2021) / 5 / 7));
  const RecordAttributes attributes = AttributesOf(record);
  return {attributes.birth_year_min, attributes.birth_year_max};
}

TEST(RecordTest, TakesTheBirthYearFromTheBestSourceThatItHas) {
  Person person;
  EXPECT_EQ(BirthYears(person), Years());
  person.age_min = 30;
  person.age_max = 40;
  person.age_date = Date{2020, 1, 1};
  EXPECT_EQ(BirthYears(person), Years(1979, 1990));
  person.citizen_id = "11010519491231002X";
  EXPECT_EQ(BirthYears(person), Years(1949, 1949));
  person.birth_date = Date{1950, 0, 0};
  EXPECT_EQ(BirthYears(person), Years(1950, 1950));
}

TEST(RecordTest, CountsAnAgeWithoutADateFromTheDayOfTheRecord) {
  Person person;
  person.age_min = person.age_max = 20;
  EXPECT_EQ(BirthYears(person), Years(2000, 2001));
}

TEST(RecordTest, LeavesTheEndOpenThatAnAgeLeavesOpen) {
  Person person;
  person.age_date = Date{2020, 6, 0};
  person.age_min = 60;
  EXPECT_EQ(BirthYears(person), Years(std::nullopt, 1960));
  person.age_min.reset();
  person.age_max = 3;
  EXPECT_EQ(BirthYears(person), Years(2016, std::nullopt));
}

TEST(RecordTest, MakesNothingOfACitizenIdThatIsNone) {
  Person person;
  person.citizen_id = "11010519491231002";
  EXPECT_EQ(BirthYears(person), Years());
}

RC_GTEST_PROP(RecordTest, NeverExcludesTheTrueBirthYear, ()) {
  const int born = *rc::gen::inRange(1900, 2020);
  const Date birth = {born, *rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29)};
  const Date stated = {*rc::gen::inRange(born + 1, 2026), *rc::gen::inRange(1, 13),
                       *rc::gen::inRange(1, 29)};
  Person person;
  person.age_min = person.age_max = AgeAt(birth, stated).min;
  person.age_date = stated;
  const auto [least, most] = BirthYears(person);
  RC_ASSERT(*least <= born);
  RC_ASSERT(born <= *most);
  RC_ASSERT(*most - *least == 1);
}

TEST(RecordTest, HappenedWhereAndWhenThePersonWasFound) {
  Record record;
  StrandedDetails details;
  details.found_region_code = "410902";
  details.entry_time = Time(std::chrono::hours(24 * 10));
  record.details = details;
  EXPECT_EQ(AttributesOf(record).region_code, "410902");
  EXPECT_EQ(AttributesOf(record).event_day, 10);
  details.found_time = Time(std::chrono::hours(24 * 3 + 16));  // past midnight in China
  record.details = details;
  EXPECT_EQ(AttributesOf(record).event_day, 4);
}

TEST(RecordTest, HappenedWhereAndWhenThePersonWasLostOrRegistered) {
  Record missing;
  missing.kind = RecordKind::kMissing;
  MissingDetails lost;
  lost.lost_region_code = "120101";
  lost.lost_date = Date{1970, 1, 6};
  missing.details = lost;
  EXPECT_EQ(AttributesOf(missing).region_code, "120101");
  EXPECT_EQ(AttributesOf(missing).event_day, 5);
  Record at_risk;
  at_risk.kind = RecordKind::kAtRisk;
  AtRiskDetails registered;
  registered.township_region_code = "410902001";
  registered.registered_date = Date{1970, 1, 2};
  at_risk.details = registered;
  EXPECT_EQ(AttributesOf(at_risk).kind, RecordKind::kAtRisk);
  EXPECT_EQ(AttributesOf(at_risk).region_code, "410902001");
  EXPECT_EQ(AttributesOf(at_risk).event_day, 1);
}

TEST(RecordTest, HappenedOnNoKnownDayWhereOnlyTheMonthIsKnown) {
  Record record;
  record.kind = RecordKind::kMissing;
  MissingDetails lost;
  lost.lost_date = Date{2015, 3, 0};
  record.details = lost;
  EXPECT_EQ(AttributesOf(record).event_day, std::nullopt);
}

TEST(RecordTest, KeepsSexAndUnitAsStated) {
  Record record;
  record.unit = "units/1";
  record.person.sex = Sex::kOther;
  record.person.citizen_id = "11010519491231002X";  // of a woman: a warning elsewhere, no change
  EXPECT_EQ(AttributesOf(record).sex, Sex::kOther);
  EXPECT_EQ(AttributesOf(record).unit, "units/1");
}

}  // namespace
}  // namespace homeward
