#include "server/records/validation.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/records/region_code.h"

namespace homeward {
namespace {

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::unexpected<Error> InvalidField(std::string_view field, std::string_view what) {
  return Fail(Reason::kFieldInvalid, fmt::format("{} {}.", field, what),
              {{"field", std::string(field)}});
}

std::size_t CharacterCount(std::string_view text) {
  const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; };
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

Result<void> CheckText(std::string_view field, std::string_view text, std::size_t most) {
  if (CharacterCount(text) <= most) return {};
  return InvalidField(field, fmt::format("must have at most {} characters", most));
}

Result<void> CheckDate(std::string_view field, const std::optional<Date>& date) {
  if (!date || IsValid(*date)) return {};
  return InvalidField(field, "must be a year from 1800, a month of it or a day on the calendar");
}

Result<void> CheckAges(std::string_view min_field, const std::optional<int>& min,
                       std::string_view max_field, const std::optional<int>& max) {
  constexpr int kOldest = 130;
  const auto is_age = [](const std::optional<int>& age) {
    return !age || (*age >= 0 && *age <= kOldest);
  };
  if (!is_age(min)) return InvalidField(min_field, "must be from 0 to 130");
  if (!is_age(max)) return InvalidField(max_field, "must be from 0 to 130");
  if (min && max && *min > *max)
    return InvalidField(max_field, "must not be less than the minimum");
  return {};
}

Result<void> CheckRegionCode(std::string_view field, std::string_view code) {
  if (code.empty() || IsRegionCode(code)) return {};
  return Fail(Reason::kRegionCodeInvalid,
              fmt::format("{} must be a region code of 6, 9 or 12 digits.", field),
              {{"field", std::string(field)}});
}

Result<void> CheckIntent(const Intent& intent) {
  if (auto ok = CheckText("case_reference", intent.case_reference, kMaxReasonCharacters); !ok) {
    return ok;
  }
  return CheckText("request_id", intent.request_id, kMaxRequestIdCharacters);
}

Result<void> CheckReasonedIntent(const Intent& intent) {
  if (IsBlank(intent.purpose)) {
    return Fail(Reason::kFieldMissing, "State the reason: why is this erased?",
                {{"field", "reason"}});
  }
  if (auto ok = CheckText("reason", intent.purpose, kMaxReasonCharacters); !ok) return ok;
  return CheckIntent(intent);
}

Result<void> CheckPurposefulIntent(const Intent& intent) {
  if (IsBlank(intent.purpose)) {
    return Fail(Reason::kPurposeMissing, "State the purpose: why is this person searched for?",
                {{"field", "purpose"}});
  }
  if (auto ok = CheckText("purpose", intent.purpose, kMaxReasonCharacters); !ok) return ok;
  return CheckIntent(intent);
}

Result<void> CheckCriteria(const SearchCriteria& criteria) {
  if (criteria.kinds.size() > kMaxFilterValues) {
    return InvalidField("filter.kinds", "must have at most 100 entries");
  }
  if (criteria.region_codes.size() > kMaxFilterValues) {
    return InvalidField("filter.region_codes", "must have at most 100 entries");
  }
  for (const std::string& code : criteria.region_codes) {
    if (code.empty()) return InvalidField("filter.region_codes", "must not hold an empty entry");
    if (auto ok = CheckRegionCode("filter.region_codes", code); !ok) return ok;
  }
  if (criteria.units.size() > kMaxFilterValues) {
    return InvalidField("filter.units", "must have at most 100 entries");
  }
  for (const std::string& unit : criteria.units) {
    if (unit.empty()) return InvalidField("filter.units", "must not hold an empty entry");
    if (auto ok = CheckText("filter.units", unit, kMaxTextCharacters); !ok) return ok;
  }
  const auto ages =
      CheckAges("filter.age_min", criteria.age_min, "filter.age_max", criteria.age_max);
  if (!ages) return ages;
  if (auto ok = CheckDate("filter.event_date_min", criteria.event_date_min); !ok) return ok;
  if (auto ok = CheckDate("filter.event_date_max", criteria.event_date_max); !ok) return ok;
  if (criteria.event_date_min && criteria.event_date_max &&
      FirstDay(*criteria.event_date_min) > LastDay(*criteria.event_date_max)) {
    return InvalidField("filter.event_date_max", "must not be before the first day");
  }
  return {};
}

Result<int> CandidateCount(int asked) {
  if (asked < 0) return InvalidField("max_candidate_count", "must not be negative");
  return asked == 0 ? kUsualCandidates : std::min(asked, kMaxCandidates);
}

}  // namespace homeward
