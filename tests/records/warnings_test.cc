#include "server/records/warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/records/citizen_id.h"
#include "tests/testing/fake_clock.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// 99000019000101001? belongs to no region: a man born on 1 January 1900; ...002? a woman.
constexpr const char* kMan1949 = "11010519491231001";
constexpr const char* kWoman1949 = "11010519491231002";

Record Stating(const std::string& first_17_digits) {
  const Time now = testing::FakeClock().Now();
  Record record;
  record.created = record.updated = now;
  record.person.citizen_id = first_17_digits;
  if (first_17_digits.size() == 17) {
    record.person.citizen_id += CitizenIdCheckDigit(first_17_digits);
  }
  return record;
}

TEST(WarningsTest, AreNoneWhereNothingContradicts) {
  Record record = Stating(kWoman1949);
  EXPECT_THAT(WarningsOf(record), IsEmpty());
  record.person.sex = Sex::kFemale;
  record.person.age_min = 75;
  record.person.age_max = 76;
  record.person.birth_date = Date{1949, 12, 31};
  EXPECT_THAT(WarningsOf(record), IsEmpty());
  record.person.birth_date = Date{1949, 0, 0};
  EXPECT_THAT(WarningsOf(record), IsEmpty());
  EXPECT_THAT(WarningsOf(Stating("")), IsEmpty());
}

TEST(WarningsTest, TellOfASexThatContradictsTheNumber) {
  const Warning warning{WarningCode::kSexContradictsCitizenId, {"person.sex", "person.citizen_id"}};
  Record record = Stating(kWoman1949);
  record.person.sex = Sex::kMale;
  EXPECT_THAT(WarningsOf(record), ElementsAre(warning));
  record = Stating(kMan1949);
  record.person.sex = Sex::kFemale;
  EXPECT_THAT(WarningsOf(record), ElementsAre(warning));
  record.person.sex = Sex::kOther;
  EXPECT_THAT(WarningsOf(record), IsEmpty());
}

TEST(WarningsTest, TellOfAnAgeOrBirthDateThatContradictsTheNumber) {
  Record record = Stating(kMan1949);
  record.person.age_min = 30;
  record.person.age_max = 40;
  EXPECT_THAT(WarningsOf(record),
              ElementsAre(Warning{WarningCode::kAgeContradictsCitizenId,
                                  {"person.age_min", "person.age_max", "person.citizen_id"}}));
  record = Stating(kMan1949);
  record.person.birth_date = Date{1950, 1, 1};
  EXPECT_THAT(WarningsOf(record), ElementsAre(Warning{WarningCode::kAgeContradictsCitizenId,
                                                      {"person.birth_date", "person.citizen_id"}}));
}

TEST(WarningsTest, ReckonTheAgeOnTheDayItWasStated) {
  Record record = Stating(kMan1949);
  record.person.age_min = record.person.age_max = 50;
  record.person.age_date = Date{2000, 6, 1};
  EXPECT_THAT(WarningsOf(record), IsEmpty());
  record.person.age_date = Date{1999, 6, 1};
  EXPECT_THAT(WarningsOf(record), ::testing::SizeIs(1));
}

TEST(WarningsTest, TellOfANumberOfTheOldForm) {
  EXPECT_THAT(WarningsOf(Stating("110105491231002")),
              ElementsAre(Warning{WarningCode::kCitizenIdLegacy, {"person.citizen_id"}}));
}

TEST(WarningsTest, TellOfAnAgeThatContradictsTheBirthDate) {
  Record record = Stating("");
  record.person.birth_date = Date{1990, 0, 0};
  record.person.age_min = 35;
  record.person.age_max = 35;
  EXPECT_THAT(WarningsOf(record), IsEmpty());
  record.person.age_min = record.person.age_max = 30;
  EXPECT_THAT(WarningsOf(record),
              ElementsAre(Warning{WarningCode::kAgeContradictsBirthDate,
                                  {"person.age_min", "person.age_max", "person.birth_date"}}));
}

}  // namespace
}  // namespace homeward
