// Calendar dates as people state them: a year, a month of a year, or a day. Asia/Shanghai.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "server/records/clock.h"

namespace homeward {

// month and day are 0 where not stated; a day needs a month.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;

  friend auto operator<=>(const Date&, const Date&) = default;
};

// Whether the stated parts name something on the calendar, from year 1800 to 9999.
bool IsValid(const Date& date);
// The day in Asia/Shanghai (UTC+8; no daylight saving since 1992) at `time`.
Date DayInChina(Time time);
// Days since 1970-01-01 of the first and the last day that `date` may mean.
int FirstDay(const Date& date);
int LastDay(const Date& date);
// YYYY-MM-DD (ISO 8601) of a day: no part of it is 0.
std::string IsoDay(const Date& day);
// Full years from `birth` to `today` at the least and at the most.
struct AgeRange {
  int min = 0;
  int max = 0;
};
AgeRange AgeAt(const Date& birth, const Date& today);

}  // namespace homeward
