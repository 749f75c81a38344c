#include "server/records/photo_age.h"

#include <algorithm>
#include <variant>

namespace homeward {
namespace {

constexpr int kChildUntil = 12;  // full years

std::optional<Date> DayOf(const Record& record, const PhotoEntry& photo) {
  if (photo.capture_date) return photo.capture_date;
  const auto* const missing = std::get_if<MissingDetails>(&record.details);
  if (missing != nullptr) return missing->last_photo_date;
  if (record.kind == RecordKind::kStranded) return DayInChina(photo.created);
  return std::nullopt;
}

bool IsChild(const AgeRange& age) { return age.max <= kChildUntil; }
bool IsGrownUp(const AgeRange& age) { return age.min >= kGrownUp; }

}  // namespace

std::optional<int> LeastAgeOn(const Date& day, const RecordAttributes& attributes) {
  if (!attributes.birth_year_max) return std::nullopt;
  return std::max(0, day.year - *attributes.birth_year_max - 1);
}

std::optional<int> MostAgeOn(const Date& day, const RecordAttributes& attributes) {
  if (!attributes.birth_year_min) return std::nullopt;
  return std::max(0, day.year - *attributes.birth_year_min);
}

std::optional<AgeRange> AgeIn(const Record& record, std::span<const PhotoEntry> photos) {
  const RecordAttributes attributes = AttributesOf(record);
  std::optional<AgeRange> shown;
  for (const PhotoEntry& photo : photos) {
    const auto day = DayOf(record, photo);
    if (!day) return std::nullopt;
    const auto least = LeastAgeOn(*day, attributes);
    const auto most = MostAgeOn(*day, attributes);
    if (!least || !most) return std::nullopt;
    const AgeRange age{*least, *most};
    shown = shown ? AgeRange{std::min(shown->min, age.min), std::max(shown->max, age.max)} : age;
  }
  return shown;
}

bool AreChildAndAdult(const AgeRange& one, const AgeRange& other) {
  return (IsChild(one) && IsGrownUp(other)) || (IsGrownUp(one) && IsChild(other));
}

}  // namespace homeward
