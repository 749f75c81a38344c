#include "server/records/record_check.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "server/records/citizen_id.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

// A text field of `Owner` with its path.
template <class Owner>
struct TextField {
  std::string_view path;
  std::string Owner::* text;
};

constexpr TextField<Record> kRecordTexts[] = {
    {"record.unit", &Record::unit},
    {"record.source_reference", &Record::source_reference},
};
constexpr TextField<Person> kPersonTexts[] = {
    {"record.person.claimed_name", &Person::claimed_name},
    {"record.person.build", &Person::build},
    {"record.person.accent", &Person::accent},
    {"record.person.ethnicity", &Person::ethnicity},
    {"record.person.features", &Person::features},
    {"record.person.clothing", &Person::clothing},
    {"record.person.health", &Person::health},
    {"record.person.words_spoken", &Person::words_spoken},
    {"record.person.home_place", &Person::home_place},
    {"record.person.remarks", &Person::remarks},
};
constexpr TextField<StrandedDetails> kStrandedTexts[] = {
    {"record.stranded.found_place", &StrandedDetails::found_place},
    {"record.stranded.found_place_type", &StrandedDetails::found_place_type},
    {"record.stranded.arrival_route", &StrandedDetails::arrival_route},
    {"record.stranded.protected_class", &StrandedDetails::protected_class},
    {"record.stranded.place_of_stay", &StrandedDetails::place_of_stay},
};
constexpr TextField<MissingDetails> kMissingTexts[] = {
    {"record.missing.reporter_name", &MissingDetails::reporter_name},
    {"record.missing.reporter_contact", &MissingDetails::reporter_contact},
    {"record.missing.reporter_relation", &MissingDetails::reporter_relation},
    {"record.missing.police_report_number", &MissingDetails::police_report_number},
    {"record.missing.lost_place", &MissingDetails::lost_place},
    {"record.missing.consent_text_version", &MissingDetails::consent_text_version},
};
constexpr TextField<AtRiskDetails> kAtRiskTexts[] = {
    {"record.at_risk.category", &AtRiskDetails::category},
    {"record.at_risk.guardian_name", &AtRiskDetails::guardian_name},
    {"record.at_risk.guardian_contact", &AtRiskDetails::guardian_contact},
};

template <class Owner, std::size_t kSize>
Result<void> CheckTexts(const Owner& owner, const TextField<Owner> (&fields)[kSize]) {
  for (const auto& field : fields) {
    if (auto ok = CheckText(field.path, owner.*field.text, kMaxTextCharacters); !ok) return ok;
  }
  return {};
}

// The first failure, or none.
Result<void> All(std::initializer_list<Result<void>> checks) {
  for (const auto& check : checks) {
    if (!check) return check;
  }
  return {};
}

Result<void> CheckAliases(const std::vector<std::string>& aliases) {
  constexpr std::string_view kField = "record.person.aliases";
  if (aliases.size() > kMaxAliases) {
    return InvalidField(kField, fmt::format("must have at most {} entries", kMaxAliases));
  }
  for (const std::string& alias : aliases) {
    if (auto ok = CheckText(kField, alias, kMaxTextCharacters); !ok) return ok;
  }
  return {};
}

Result<void> CheckStatedAge(const Person& person) {
  if (person.age_min.has_value() != person.age_max.has_value()) {
    return InvalidField(person.age_min ? "record.person.age_max" : "record.person.age_min",
                        "must be set where the other is");
  }
  return CheckAges("record.person.age_min", person.age_min, "record.person.age_max",
                   person.age_max);
}

Result<void> CheckHeight(const std::optional<int>& height_cm) {
  if (!height_cm || (*height_cm >= 20 && *height_cm <= 260)) return {};
  return InvalidField("record.person.height_cm", "must be from 20 to 260");
}

Result<void> CheckPerson(const Person& person) {
  return All({CheckTexts(person, kPersonTexts), CheckAliases(person.aliases),
              CheckStatedAge(person), CheckDate("record.person.age_date", person.age_date),
              CheckDate("record.person.birth_date", person.birth_date),
              CheckHeight(person.height_cm),
              CheckRegionCode("record.person.home_region_code", person.home_region_code)});
}

Result<void> CheckDetails(const StrandedDetails& details) {
  return All({CheckTexts(details, kStrandedTexts),
              CheckRegionCode("record.stranded.found_region_code", details.found_region_code)});
}

Result<void> CheckDetails(const MissingDetails& details) {
  return All({CheckTexts(details, kMissingTexts),
              CheckRegionCode("record.missing.lost_region_code", details.lost_region_code),
              CheckDate("record.missing.lost_date", details.lost_date),
              CheckDate("record.missing.last_photo_date", details.last_photo_date)});
}

Result<void> CheckDetails(const AtRiskDetails& details) {
  auto checked =
      All({CheckTexts(details, kAtRiskTexts),
           CheckRegionCode("record.at_risk.township_region_code", details.township_region_code),
           CheckDate("record.at_risk.registered_date", details.registered_date)});
  if (checked && details.visit_dates.size() > kMaxVisits) {
    return InvalidField("record.at_risk.visit_dates",
                        fmt::format("must have at most {} entries", kMaxVisits));
  }
  for (const Date& visit : details.visit_dates) {
    if (checked) checked = CheckDate("record.at_risk.visit_dates", visit);
  }
  return checked;
}

Result<std::string> NormalisedCitizenId(const std::string& stated, const Date& today) {
  if (stated.empty()) return stated;
  auto id = ParseCitizenId(stated, today);
  if (id) return std::move(id->number);
  id.error().metadata["field"] = "record.person.citizen_id";
  return std::unexpected(std::move(id.error()));
}

}  // namespace

Result<Record> CheckedRecord(Record record, const Date& today) {
  const auto details = [](const auto& each) { return CheckDetails(each); };
  const auto checked = All({CheckTexts(record, kRecordTexts), CheckPerson(record.person),
                            std::visit(details, record.details)});
  if (!checked) return std::unexpected(checked.error());
  auto citizen_id = NormalisedCitizenId(record.person.citizen_id, today);
  if (!citizen_id) return std::unexpected(citizen_id.error());
  record.person.citizen_id = *std::move(citizen_id);
  if (record.person.age_min && !record.person.age_date) record.person.age_date = today;
  return record;
}

}  // namespace homeward
