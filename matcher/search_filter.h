// Attributes of a record that a search may be narrowed by, and the narrowing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/id.h"

namespace homeward {

enum class RecordKind : std::uint8_t { kStranded = 1, kMissing = 2, kAtRisk = 3 };
enum class Sex : std::uint8_t { kUnknown = 0, kFemale = 1, kMale = 2, kOther = 3 };

// The part of a record that the matcher needs. Unknown values are absent.
struct RecordAttributes {
  RecordKind kind = RecordKind::kStranded;
  Sex sex = Sex::kUnknown;
  std::optional<int> birth_year_min;  // from a birth date, or from an age and when it was stated
  std::optional<int> birth_year_max;
  std::optional<int> event_day;  // days since 1970-01-01 of being found, lost or registered
  std::string region_code;       // 6 to 12 digits, or empty
  std::string unit;              // who keeps the record, or empty

  friend bool operator==(const RecordAttributes&, const RecordAttributes&) = default;
};

// Empty fields ask for nothing. A record whose own value is unknown passes: what nobody wrote down
// must not hide a person.
struct SearchFilter {
  std::vector<RecordKind> kinds;  // empty: every kind
  std::vector<std::string>
      region_codes;  // a code stands for everything below it: 410000 covers 410900
  std::vector<std::string> units;
  std::optional<Sex> sex;
  std::optional<int> birth_year_min;
  std::optional<int> birth_year_max;
  std::optional<int> event_day_min;
  std::optional<int> event_day_max;
};

// Whether `kind` is among those searched.
bool MatchesKind(const SearchFilter& filter, RecordKind kind);
// Whether everything else in the filter admits the record.
bool MatchesAttributes(const SearchFilter& filter, const RecordAttributes& attributes);
// Whether `code` lies in the region `ancestor`, by their digits.
bool RegionContains(std::string_view ancestor, std::string_view code);

// The kinds that a record of `kind` is compared with: STRANDED x {STRANDED, MISSING, AT_RISK},
// MISSING x {MISSING, AT_RISK}, in both directions.
std::vector<RecordKind> EligibleKinds(RecordKind kind);

}  // namespace homeward
