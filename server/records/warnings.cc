#include "server/records/warnings.h"

#include <optional>

#include "server/records/citizen_id.h"

namespace homeward {
namespace {

constexpr const char* kCitizenId = "person.citizen_id";
constexpr const char* kBirthDate = "person.birth_date";

bool AgeContradicts(const Person& person, const Date& birth, const Date& stated_on) {
  const AgeRange age = AgeAt(birth, stated_on);
  return (person.age_max && age.min > *person.age_max) ||
         (person.age_min && age.max < *person.age_min);
}

bool IsOutside(const Date& stated, const Date& day) {
  return LastDay(day) < FirstDay(stated) || FirstDay(day) > LastDay(stated);
}

void AddCitizenIdWarnings(const Person& person, const CitizenId& id, const Date& stated_on,
                          std::vector<Warning>& warnings) {
  const bool claims_sex = person.sex == Sex::kFemale || person.sex == Sex::kMale;
  if (claims_sex && person.sex != id.sex) {
    warnings.push_back({WarningCode::kSexContradictsCitizenId, {"person.sex", kCitizenId}});
  }
  Warning age{WarningCode::kAgeContradictsCitizenId, {}};
  if (AgeContradicts(person, id.birth_date, stated_on)) {
    age.fields = {"person.age_min", "person.age_max"};
  }
  if (person.birth_date && IsOutside(*person.birth_date, id.birth_date)) {
    age.fields.emplace_back(kBirthDate);
  }
  if (!age.fields.empty()) {
    age.fields.emplace_back(kCitizenId);
    warnings.push_back(std::move(age));
  }
  if (id.legacy) warnings.push_back({WarningCode::kCitizenIdLegacy, {kCitizenId}});
}

}  // namespace

std::vector<Warning> WarningsOf(const Record& record) {
  std::vector<Warning> warnings;
  const Person& person = record.person;
  const Date stated_on = person.age_date.value_or(DayInChina(record.created));
  if (const auto id = ParseCitizenId(person.citizen_id, DayInChina(record.updated))) {
    AddCitizenIdWarnings(person, *id, stated_on, warnings);
  }
  if (person.birth_date && AgeContradicts(person, *person.birth_date, stated_on)) {
    warnings.push_back(
        {WarningCode::kAgeContradictsBirthDate, {"person.age_min", "person.age_max", kBirthDate}});
  }
  return warnings;
}

}  // namespace homeward
