#include "server/records/date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace homeward {
namespace {

using std::chrono::sys_days;

sys_days Day(int days_since_epoch) { return sys_days(std::chrono::days(days_since_epoch)); }

Date DateOf(sys_days day) {
  return DayInChina(Time(day) + std::chrono::hours(4));  // noon in China
}

struct ValidityCase {
  Date date;
  bool valid;
};

class DateValidityTest : public ::testing::TestWithParam<ValidityCase> {};

TEST_P(DateValidityTest, IsWhatTheCalendarSays) {
  const auto& [date, valid] = GetParam();
  EXPECT_EQ(IsValid(date), valid) << date.year << "-" << date.month << "-" << date.day;
}

INSTANTIATE_TEST_SUITE_P(
    Dates, DateValidityTest,
    ::testing::Values(ValidityCase{{1800, 0, 0}, true}, ValidityCase{{9999, 12, 31}, true},
                      ValidityCase{{1799, 12, 31}, false}, ValidityCase{{10000, 1, 1}, false},
                      ValidityCase{{0, 0, 0}, false}, ValidityCase{{2023, 2, 0}, true},
                      ValidityCase{{2023, 0, 5}, false}, ValidityCase{{2023, 13, 0}, false},
                      ValidityCase{{2023, -1, 0}, false}, ValidityCase{{2023, 1, -1}, false},
                      ValidityCase{{2023, 1, 32}, false}, ValidityCase{{2023, 2, 29}, false},
                      ValidityCase{{2024, 2, 29}, true}, ValidityCase{{1900, 2, 29}, false},
                      ValidityCase{{2000, 2, 29}, true}, ValidityCase{{2023, 4, 31}, false},
                      // A day of 256 + 1 must not be taken for the first.
                      ValidityCase{{2023, 1, 257}, false}, ValidityCase{{2023, 257, 1}, false}));

TEST(DateTest, WritesADayInTenCharacters) { EXPECT_EQ(IsoDay({1931, 2, 3}), "1931-02-03"); }

TEST(DateTest, KnowsTheDayInChina) {
  const auto midnight = Time(sys_days(std::chrono::year(2021) / 5 / 6)) + std::chrono::hours(16);
  EXPECT_EQ(DayInChina(midnight), (Date{2021, 5, 7}));
  EXPECT_EQ(DayInChina(midnight - std::chrono::microseconds(1)), (Date{2021, 5, 6}));
  EXPECT_EQ(DayInChina(Time()), (Date{1970, 1, 1}));
  EXPECT_EQ(DayInChina(Time(-std::chrono::hours(9))), (Date{1969, 12, 31}));
}

TEST(DateTest, KnowsTheDaysThatAYearOrAMonthMayMean) {
  EXPECT_EQ(FirstDay({1970, 0, 0}), 0);
  EXPECT_EQ(LastDay({1970, 0, 0}), 364);
  EXPECT_EQ(FirstDay({1970, 2, 0}), 31);
  EXPECT_EQ(LastDay({1970, 2, 0}), 58);
  EXPECT_EQ(LastDay({1972, 2, 0}) - FirstDay({1972, 2, 0}), 28);
  EXPECT_EQ(FirstDay({1969, 12, 31}), -1);
  EXPECT_EQ(LastDay({1969, 12, 31}), -1);
}

TEST(DateTest, CountsFullYearsAtTheLeastAndAtTheMost) {
  const auto age = [](Date birth, Date today) {
    const AgeRange range = AgeAt(birth, today);
    return std::pair(range.min, range.max);
  };
  EXPECT_EQ(age({1980, 5, 7}, {2021, 5, 6}), std::pair(40, 40));
  EXPECT_EQ(age({1980, 5, 7}, {2021, 5, 7}), std::pair(41, 41));
  EXPECT_EQ(age({1980, 5, 0}, {2021, 5, 7}), std::pair(40, 41));
  EXPECT_EQ(age({1980, 6, 0}, {2021, 5, 7}), std::pair(40, 40));
  EXPECT_EQ(age({1980, 0, 0}, {2021, 5, 7}), std::pair(40, 41));
  EXPECT_EQ(age({1980, 0, 0}, {2021, 12, 31}), std::pair(41, 41));
  EXPECT_EQ(age({1980, 0, 0}, {2021, 0, 0}), std::pair(40, 41));
  EXPECT_EQ(age({2004, 2, 29}, {2021, 2, 28}), std::pair(16, 16));
  EXPECT_EQ(age({2004, 2, 29}, {2021, 3, 1}), std::pair(17, 17));
  EXPECT_EQ(age({2021, 5, 8}, {2021, 5, 7}).first, -1) << "not born yet";
}

// Days from the year 1800 to the year 9999.
int AnyDay() { return *rc::gen::inRange(-62'091, 2'932'897); }

RC_GTEST_PROP(DateTest, IsItsOwnFirstAndLastDay, ()) {
  const int day = AnyDay();
  const Date date = DateOf(Day(day));
  RC_ASSERT(IsValid(date));
  RC_ASSERT(FirstDay(date) == day);
  RC_ASSERT(LastDay(date) == day);
}

RC_GTEST_PROP(DateTest, LiesInItsMonthAndYear, ()) {
  const Date date = DateOf(Day(AnyDay()));
  for (const Date& wider : {Date{date.year, date.month, 0}, Date{date.year, 0, 0}}) {
    RC_ASSERT(IsValid(wider));
    RC_ASSERT(FirstDay(wider) <= FirstDay(date));
    RC_ASSERT(LastDay(date) <= LastDay(wider));
  }
}

RC_GTEST_PROP(DateTest, OrdersAsDaysDo, ()) {
  const int a = AnyDay();
  const int b = AnyDay();
  RC_ASSERT((DateOf(Day(a)) < DateOf(Day(b))) == (a < b));
}

RC_GTEST_PROP(DateTest, NarrowsTheAgeWithWhatIsKnownOfTheBirth, ()) {
  const Date birth = DateOf(Day(AnyDay()));
  const Date today = DateOf(Day(AnyDay()));
  const AgeRange exact = AgeAt(birth, today);
  const AgeRange of_month = AgeAt({birth.year, birth.month, 0}, today);
  const AgeRange of_year = AgeAt({birth.year, 0, 0}, today);
  RC_ASSERT(exact.min == exact.max);
  RC_ASSERT(of_year.min <= of_month.min && of_month.min <= exact.min);
  RC_ASSERT(exact.max <= of_month.max && of_month.max <= of_year.max);
  RC_ASSERT(of_year.max - of_year.min <= 1);
}

}  // namespace
}  // namespace homeward
