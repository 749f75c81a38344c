#include "server/records/record.h"

#include "server/records/citizen_id.h"

namespace homeward {
namespace {

struct Event {
  const std::string& region_code;
  std::optional<Date> day;
};

std::optional<Date> DayOf(const std::optional<Time>& time) {
  return time ? std::optional(DayInChina(*time)) : std::nullopt;
}

Event EventOf(const StrandedDetails& details) {
  return {details.found_region_code,
          DayOf(details.found_time ? details.found_time : details.entry_time)};
}

Event EventOf(const MissingDetails& details) {
  return {details.lost_region_code, details.lost_date};
}

Event EventOf(const AtRiskDetails& details) {
  return {details.township_region_code, details.registered_date};
}

void SetBirthYears(const Record& record, RecordAttributes& attributes) {
  const Person& person = record.person;
  if (person.birth_date) {
    attributes.birth_year_min = attributes.birth_year_max = person.birth_date->year;
    return;
  }
  // Its date was compared with the day's when the number was taken down.
  if (const auto id = ParseCitizenId(person.citizen_id, {.year = 9999, .month = 12, .day = 31})) {
    attributes.birth_year_min = attributes.birth_year_max = id->birth_date.year;
    return;
  }
  const int stated_in = person.age_date.value_or(DayInChina(record.created)).year;
  // Whoever is 30 at some day of 2020 was born in 1990, or in 1989 with the birthday still to come.
  if (person.age_max) attributes.birth_year_min = stated_in - *person.age_max - 1;
  if (person.age_min) attributes.birth_year_max = stated_in - *person.age_min;
}

}  // namespace

RecordAttributes AttributesOf(const Record& record) {
  RecordAttributes attributes;
  attributes.kind = record.kind;
  attributes.sex = record.person.sex;
  attributes.unit = record.unit;
  SetBirthYears(record, attributes);
  const Event event =
      std::visit([](const auto& details) { return EventOf(details); }, record.details);
  attributes.region_code = event.region_code;
  // A month or a year alone is no day: it counts as unknown, so that it hides nobody.
  if (event.day && event.day->day != 0) attributes.event_day = FirstDay(*event.day);
  return attributes;
}

}  // namespace homeward
