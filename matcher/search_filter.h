// Attributes of a record that a search may be narrowed by, and the narrowing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  std::vector<RecordKind> kinds;
  // A code stands for everything below it: 410000 covers 410900. A record of which only a wider
  // region is known (410000 when 410900 is asked for) passes: the rest of it is unknown.
  std::vector<std::string> region_codes;
  std::vector<std::string> units;
  std::optional<Sex> sex;
  std::optional<int> birth_year_min;
  std::optional<int> birth_year_max;
  std::optional<int> event_day_min;
  std::optional<int> event_day_max;

  friend bool operator==(const SearchFilter&, const SearchFilter&) = default;
};

// Whether the filter asks for more than kinds: if not, MatchesAttributes holds for every record.
bool AsksForAttributes(const SearchFilter& filter);
// Whether `kind` is among those searched.
bool MatchesKind(const SearchFilter& filter, RecordKind kind);
// Whether everything else in the filter admits the record.
bool MatchesAttributes(const SearchFilter& filter, const RecordAttributes& attributes);
// Whether `code` lies in the region `ancestor`, or is it, by their digits: trailing levels of zeros
// of `ancestor` (pairs of a 6-digit code; threes for township and village of 9 and 12 digits) stand
// for all that is below. 000000 and an empty ancestor contain everything.
bool RegionContains(std::string_view ancestor, std::string_view code);

// The kinds that a record of `kind` is compared with: STRANDED x {STRANDED, MISSING, AT_RISK},
// MISSING x {MISSING, AT_RISK}, in both directions.
std::vector<RecordKind> EligibleKinds(RecordKind kind);

}  // namespace homeward
