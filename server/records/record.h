// What one source knows about one person: the domain's form of homeward.v1.Record, whose comments
// give the meaning, limits and units of each field.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "matcher/gallery.h"
#include "matcher/search_filter.h"
#include "server/records/clock.h"
#include "server/records/date.h"

namespace homeward {

enum class AgeBasis : std::uint8_t { kUnspecified, kStated, kEstimated, kDocument };
enum class LegalBasis : std::uint8_t { kUnspecified, kStatutoryDuty, kSeparateConsent, kEmergency };
enum class RecordState : std::uint8_t { kOpen = 1, kErased = 2 };

struct Person {
  std::string claimed_name;
  std::vector<std::string> aliases;
  Sex sex = Sex::kUnknown;
  std::optional<int> age_min;
  std::optional<int> age_max;
  AgeBasis age_basis = AgeBasis::kUnspecified;
  std::optional<Date> age_date;
  std::optional<Date> birth_date;
  std::string citizen_id;  // normalised: upper-case X, no spaces
  std::optional<int> height_cm;
  std::string build;
  std::string accent;
  std::string ethnicity;
  std::string features;
  std::string clothing;
  std::string health;
  std::string words_spoken;
  std::string home_region_code;
  std::string home_place;
  std::string remarks;

  friend bool operator==(const Person&, const Person&) = default;
};

struct StrandedDetails {
  std::string found_region_code;
  std::string found_place;
  std::string found_place_type;
  std::optional<Time> found_time;
  std::optional<Time> entry_time;
  std::string arrival_route;
  std::string protected_class;
  std::string place_of_stay;

  friend bool operator==(const StrandedDetails&, const StrandedDetails&) = default;
};

struct MissingDetails {
  std::string reporter_name;
  std::string reporter_contact;
  std::string reporter_relation;
  bool reporter_identity_checked = false;
  std::string police_report_number;
  std::string lost_region_code;
  std::string lost_place;
  std::optional<Date> lost_date;
  std::optional<Date> last_photo_date;
  std::string consent_text_version;
  std::optional<Time> consent_time;

  friend bool operator==(const MissingDetails&, const MissingDetails&) = default;
};

struct AtRiskDetails {
  std::string category;
  std::string township_region_code;
  std::string guardian_name;
  std::string guardian_contact;
  std::optional<Date> registered_date;
  std::vector<Date> visit_dates;

  friend bool operator==(const AtRiskDetails&, const AtRiskDetails&) = default;
};

struct Record {
  RecordId id;
  RecordKind kind = RecordKind::kStranded;
  RecordState state = RecordState::kOpen;
  std::string unit;
  std::string source_reference;
  Person person;
  std::variant<StrandedDetails, MissingDetails, AtRiskDetails> details;  // of the record's kind
  LegalBasis legal_basis = LegalBasis::kUnspecified;
  Time created{};
  Time updated{};
  std::optional<Time> erased;
  ChangeNumber created_change = 0;  // orders records; given by the store
  std::int64_t version = 1;         // counts changes; the etag is made from it

  friend bool operator==(const Record&, const Record&) = default;
};

// What the matcher needs of a record: region and event day come from where and when the person was
// found, lost or registered; birth years from the birth date, else the ID number, else the age.
RecordAttributes AttributesOf(const Record& record);

}  // namespace homeward
