#include "server/records/operating_point_check.h"

#include <fmt/format.h>

#include "server/records/resource_name.h"

namespace homeward {
namespace {

constexpr std::size_t kMaxDataCharacters = 500;

std::unexpected<Error> Missing(std::string_view field, std::string_view why) {
  return Fail(Reason::kFieldMissing, fmt::format("{} must be set: {}.", field, why),
              {{"field", std::string(field)}});
}

// Also false for what is no number.
bool IsShare(double value) { return value >= 0 && value <= 1; }

Result<void> CheckRate(std::string_view field, const std::optional<MeasuredRate>& measured) {
  if (!measured) return {};
  if (!IsShare(measured->low) || !IsShare(measured->high) || !(measured->low <= measured->rate) ||
      !(measured->rate <= measured->high)) {
    return InvalidField(field, "must be a share from 0 to 1 within its interval");
  }
  if (measured->searches <= 0)
    return InvalidField(field, "must count the searches it is a share of");
  return {};
}

}  // namespace

Result<void> CheckOperatingPoint(const OperatingPointEntry& entry) {
  const OperatingPoint& point = entry.point;
  if (!ParseOperatingPointName(NameOfOperatingPoint(point.name))) {
    return InvalidField("operating_point_id",
                        "must have 1 to 63 characters of a-z, 0-9, '-' and '.', and begin and end "
                        "with a letter or digit");
  }
  if (point.space_id.empty()) {
    return Missing("operating_point.space", "a threshold means nothing in another space");
  }
  if (!(point.fpir > 0 && point.fpir < 1)) {
    return InvalidField("operating_point.fpir", "must be above 0 and below 1");
  }
  if (!(point.chance == 0 || (point.chance > 0 && point.chance < 1))) {
    return InvalidField("operating_point.chance", "must be above 0 and below 1");
  }
  if (!(point.threshold > 0 && point.threshold < 1e6)) {
    return InvalidField("operating_point.threshold", "must be a distance above 0");
  }
  if (point.gallery_size <= 0) {
    return Missing("operating_point.gallery_size", "say among how many people it was measured");
  }
  if (point.data.empty()) {
    return Missing("operating_point.data", "say whose photos it was measured on");
  }
  if (auto ok = CheckText("operating_point.data", point.data, kMaxDataCharacters); !ok) return ok;
  if (point.measured_on.empty()) {
    return Missing("operating_point.measure_date", "say when it was measured");
  }
  if (auto ok = CheckRate("operating_point.false_alarms", entry.false_alarms); !ok) return ok;
  return CheckRate("operating_point.misses", entry.misses);
}

}  // namespace homeward
