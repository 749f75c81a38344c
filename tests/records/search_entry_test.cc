#include "server/records/search_entry.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "server/records/record.h"

namespace homeward {
namespace {

constexpr Date kToday = {2021, 5, 7};

TEST(SearchEntryTest, AsksForNothingWhereNothingWasAsked) {
  const SearchFilter filter = FilterOf({}, kToday);
  EXPECT_TRUE(filter.kinds.empty());
  EXPECT_TRUE(filter.region_codes.empty());
  EXPECT_TRUE(filter.units.empty());
  EXPECT_EQ(filter.sex, std::nullopt);
  EXPECT_EQ(filter.birth_year_min, std::nullopt);
  EXPECT_EQ(filter.birth_year_max, std::nullopt);
  EXPECT_EQ(filter.event_day_min, std::nullopt);
  EXPECT_EQ(filter.event_day_max, std::nullopt);
}

TEST(SearchEntryTest, AsksForWhatWasAsked) {
  SearchCriteria criteria;
  criteria.kinds = {RecordKind::kMissing};
  criteria.region_codes = {"410000"};
  criteria.units = {"units/1"};
  criteria.sex = Sex::kFemale;
  criteria.age_min = 60;
  criteria.age_max = 70;
  criteria.event_date_min = Date{1970, 0, 0};
  criteria.event_date_max = Date{1970, 2, 0};
  const SearchFilter filter = FilterOf(criteria, kToday);
  EXPECT_EQ(filter.kinds, criteria.kinds);
  EXPECT_EQ(filter.region_codes, criteria.region_codes);
  EXPECT_EQ(filter.units, criteria.units);
  EXPECT_EQ(filter.sex, Sex::kFemale);
  EXPECT_EQ(filter.birth_year_min, 1950);
  EXPECT_EQ(filter.birth_year_max, 1961);
  EXPECT_EQ(filter.event_day_min, 0) << "the first day of the year";
  EXPECT_EQ(filter.event_day_max, 58) << "the last day of February";
}

RC_GTEST_PROP(SearchEntryTest, AdmitsEverybodyWhoIsOfTheAgeToday, ()) {
  const Date birth = {*rc::gen::inRange(1900, 2021), *rc::gen::inRange(1, 13),
                      *rc::gen::inRange(1, 29)};
  Record record;
  record.person.birth_date = birth;
  const int age = AgeAt(birth, kToday).min;
  SearchCriteria criteria;
  criteria.age_min = age;
  criteria.age_max = age;
  RC_ASSERT(MatchesAttributes(FilterOf(criteria, kToday), AttributesOf(record)));
  criteria.age_min = age + 2;
  criteria.age_max = age + 2;
  RC_ASSERT(!MatchesAttributes(FilterOf(criteria, kToday), AttributesOf(record)));
}

}  // namespace
}  // namespace homeward
