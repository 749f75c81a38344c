#include "server/records/date.h"

#include <fmt/format.h>

#include <chrono>

namespace homeward {
namespace {

using std::chrono::year_month_day;

year_month_day CalendarDay(int year, int month, int day) {
  return {std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
          std::chrono::day{static_cast<unsigned>(day)}};
}

int DaysSinceEpoch(const year_month_day& day) {
  return static_cast<int>(std::chrono::sys_days{day}.time_since_epoch().count());
}

Date First(const Date& date) {
  return {date.year, date.month == 0 ? 1 : date.month, date.day == 0 ? 1 : date.day};
}

Date Last(const Date& date) {
  if (date.day != 0) return date;
  const int month = date.month == 0 ? 12 : date.month;
  const std::chrono::year_month_day_last end{
      std::chrono::year{date.year},
      std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
  return {date.year, month, static_cast<int>(static_cast<unsigned>(end.day()))};
}

int FullYears(const Date& from, const Date& to) {
  const bool before_birthday =
      to.month < from.month || (to.month == from.month && to.day < from.day);
  return to.year - from.year - (before_birthday ? 1 : 0);
}

}  // namespace

bool IsValid(const Date& date) {
  if (date.year < 1800 || date.year > 9999) return false;
  if (date.month == 0) return date.day == 0;
  if (date.month < 0 || date.month > 12 || date.day < 0 || date.day > 31) return false;
  return date.day == 0 || CalendarDay(date.year, date.month, date.day).ok();
}

Date DayInChina(Time time) {
  const year_month_day day{std::chrono::floor<std::chrono::days>(time + std::chrono::hours{8})};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

int FirstDay(const Date& date) {
  const Date first = First(date);
  return DaysSinceEpoch(CalendarDay(first.year, first.month, first.day));
}

int LastDay(const Date& date) {
  const Date last = Last(date);
  return DaysSinceEpoch(CalendarDay(last.year, last.month, last.day));
}

std::string IsoDay(const Date& day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

AgeRange AgeAt(const Date& birth, const Date& today) {
  return {FullYears(Last(birth), First(today)), FullYears(First(birth), Last(today))};
}

}  // namespace homeward
