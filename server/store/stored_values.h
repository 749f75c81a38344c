// How values of the domain are stored as numbers. Enumerators are stored by number too, so they are
// only ever appended; what lies beyond the last is damage.
#pragma once

#include "server/records/photo_entry.h"
#include "server/records/record.h"
#include "server/records/search_entry.h"

namespace homeward {

template <class E>
constexpr E kLastEnumerator = E::kNotStored;
template <>
inline constexpr auto kLastEnumerator<RecordKind> = RecordKind::kAtRisk;
template <>
inline constexpr auto kLastEnumerator<RecordState> = RecordState::kErased;
template <>
inline constexpr auto kLastEnumerator<Sex> = Sex::kOther;
template <>
inline constexpr auto kLastEnumerator<AgeBasis> = AgeBasis::kDocument;
template <>
inline constexpr auto kLastEnumerator<LegalBasis> = LegalBasis::kEmergency;
template <>
inline constexpr auto kLastEnumerator<PhotoKind> = PhotoKind::kHistorical;
template <>
inline constexpr auto kLastEnumerator<NoTemplateReason> = NoTemplateReason::kFaceNotUsable;
template <>
inline constexpr auto kLastEnumerator<DetectionStage> = DetectionStage::kGivenBox;
template <>
inline constexpr auto kLastEnumerator<QualityFlag> = QualityFlag::kAtBorder;
template <>
inline constexpr auto kLastEnumerator<SearchOrigin> = SearchOrigin::kFolder;
template <>
inline constexpr auto kLastEnumerator<AttributeFlag> = AttributeFlag::kAccentDiffers;

// `number` as an enumerator; nullopt where there is none.
template <class E>
std::optional<E> EnumeratorOf(std::int64_t number) {
  if (number < 0 || number > static_cast<std::int64_t>(kLastEnumerator<E>)) return std::nullopt;
  return static_cast<E>(number);
}

// A date as one number, 20210507; a part that is not stated is 0.
constexpr std::int64_t DateNumber(const Date& date) {
  return (std::int64_t{date.year} * 100 + date.month) * 100 + date.day;
}
constexpr std::optional<Date> DateOfNumber(std::int64_t number) {
  if (number < 0 || number > 9999'99'99) return std::nullopt;
  return Date{static_cast<int>(number / 10000), static_cast<int>(number / 100 % 100),
              static_cast<int>(number % 100)};
}

}  // namespace homeward
