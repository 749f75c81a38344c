#include "matcher/search_filter.h"

#include <algorithm>

namespace homeward {
namespace {

// The digits that a region code really states: 41 of 410000, 4109 of 410900, 410902 of
// 410902000000. A code is two digits each for province, prefecture and county, then three each for
// township and village; a level of nothing but zeros says "the whole of the level above".
std::string_view SignificantDigits(std::string_view code) {
  const auto drop_zeros = [&code](std::size_t level_start, std::string_view zeros) {
    if (code.size() == level_start + zeros.size() && code.ends_with(zeros)) {
      code.remove_suffix(zeros.size());
    }
  };
  drop_zeros(9, "000");
  drop_zeros(6, "000");
  drop_zeros(4, "00");
  drop_zeros(2, "00");
  drop_zeros(0, "00");
  return code;
}

bool MatchesRegion(const std::vector<std::string>& asked, std::string_view code) {
  if (asked.empty() || code.empty()) return true;
  return std::ranges::any_of(asked, [code](std::string_view region) {
    return RegionContains(region, code) || RegionContains(code, region);
  });
}

bool MatchesUnit(const std::vector<std::string>& asked, const std::string& unit) {
  return asked.empty() || unit.empty() || std::ranges::find(asked, unit) != asked.end();
}

bool MatchesSex(std::optional<Sex> asked, Sex sex) {
  return !asked || *asked == Sex::kUnknown || sex == Sex::kUnknown || *asked == sex;
}

// Whether two ranges with open ends have a value in common.
bool Overlap(std::optional<int> a_min, std::optional<int> a_max, std::optional<int> b_min,
             std::optional<int> b_max) {
  return (!a_min || !b_max || *a_min <= *b_max) && (!b_min || !a_max || *b_min <= *a_max);
}

}  // namespace

bool AsksForAttributes(const SearchFilter& filter) {
  SearchFilter rest = filter;
  rest.kinds.clear();
  return rest != SearchFilter();
}

bool MatchesKind(const SearchFilter& filter, RecordKind kind) {
  return filter.kinds.empty() || std::ranges::find(filter.kinds, kind) != filter.kinds.end();
}

bool MatchesAttributes(const SearchFilter& filter, const RecordAttributes& attributes) {
  return MatchesSex(filter.sex, attributes.sex) &&
         Overlap(filter.birth_year_min, filter.birth_year_max, attributes.birth_year_min,
                 attributes.birth_year_max) &&
         Overlap(filter.event_day_min, filter.event_day_max, attributes.event_day,
                 attributes.event_day) &&
         MatchesRegion(filter.region_codes, attributes.region_code) &&
         MatchesUnit(filter.units, attributes.unit);
}

bool RegionContains(std::string_view ancestor, std::string_view code) {
  return code.starts_with(SignificantDigits(ancestor));
}

std::vector<RecordKind> EligibleKinds(RecordKind kind) {
  switch (kind) {
    case RecordKind::kStranded:
    case RecordKind::kMissing:
      return {RecordKind::kStranded, RecordKind::kMissing, RecordKind::kAtRisk};
    case RecordKind::kAtRisk:
      return {RecordKind::kStranded, RecordKind::kMissing};
  }
  return {};
}

}  // namespace homeward
