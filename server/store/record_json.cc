#include "server/store/record_json.h"

#include "server/store/json_fields.h"

namespace homeward {

template <class Io, StoredAs<Person> Self>
static void Fields(Io& io, Self& person) {
  io("claimed_name", person.claimed_name);
  io("aliases", person.aliases);
  io("sex", person.sex);
  io("age_min", person.age_min);
  io("age_max", person.age_max);
  io("age_basis", person.age_basis);
  io("age_date", person.age_date);
  io("birth_date", person.birth_date);
  io("citizen_id", person.citizen_id);
  io("height_cm", person.height_cm);
  io("build", person.build);
  io("accent", person.accent);
  io("ethnicity", person.ethnicity);
  io("features", person.features);
  io("clothing", person.clothing);
  io("health", person.health);
  io("words_spoken", person.words_spoken);
  io("home_region_code", person.home_region_code);
  io("home_place", person.home_place);
  io("remarks", person.remarks);
}

template <class Io, StoredAs<StrandedDetails> Self>
static void Fields(Io& io, Self& details) {
  io("found_region_code", details.found_region_code);
  io("found_place", details.found_place);
  io("found_place_type", details.found_place_type);
  io("found_time", details.found_time);
  io("entry_time", details.entry_time);
  io("arrival_route", details.arrival_route);
  io("protected_class", details.protected_class);
  io("place_of_stay", details.place_of_stay);
}

template <class Io, StoredAs<MissingDetails> Self>
static void Fields(Io& io, Self& details) {
  io("reporter_name", details.reporter_name);
  io("reporter_contact", details.reporter_contact);
  io("reporter_relation", details.reporter_relation);
  io("reporter_identity_checked", details.reporter_identity_checked);
  io("police_report_number", details.police_report_number);
  io("lost_region_code", details.lost_region_code);
  io("lost_place", details.lost_place);
  io("lost_date", details.lost_date);
  io("last_photo_date", details.last_photo_date);
  io("consent_text_version", details.consent_text_version);
  io("consent_time", details.consent_time);
}

template <class Io, StoredAs<AtRiskDetails> Self>
static void Fields(Io& io, Self& details) {
  io("category", details.category);
  io("township_region_code", details.township_region_code);
  io("guardian_name", details.guardian_name);
  io("guardian_contact", details.guardian_contact);
  io("registered_date", details.registered_date);
  io("visit_dates", details.visit_dates);
}

template <class Io, StoredAs<Record> Self>
static void Fields(Io& io, Self& record) {
  io("person", record.person);
  std::visit([&io](auto& details) { io("details", details); }, record.details);
  io("legal_basis", record.legal_basis);
  io("source_reference", record.source_reference);
}

namespace {

// The alternatives of Record::details are in the order of the kinds.
std::size_t DetailsIndex(RecordKind kind) { return static_cast<std::size_t>(kind) - 1; }

}  // namespace

Result<std::string> ParticularsOf(const Record& record) {
  if (record.details.index() != DetailsIndex(record.kind)) {
    return Fail(Reason::kInternal, "A record's details are not of its kind.");
  }
  return ToJson(record);
}

Result<void> ReadParticulars(std::string_view json, Record& record) {
  switch (record.kind) {
    case RecordKind::kStranded:
      record.details = StrandedDetails{};
      break;
    case RecordKind::kMissing:
      record.details = MissingDetails{};
      break;
    case RecordKind::kAtRisk:
      record.details = AtRiskDetails{};
      break;
  }
  return FromJson(json, record);
}

}  // namespace homeward
