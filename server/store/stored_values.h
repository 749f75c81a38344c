// How values of the domain are stored as numbers. Enumerators are stored by number too, so they are
// only ever appended; what lies beyond the last is damage.
#pragma once

#include "server/records/photo_entry.h"
#include "server/records/record.h"
#include "server/records/search_entry.h"

namespace homeward {

// The first and the last enumerator.
template <class E>
struct Enumerators {
  E first;
  E last;
};
template <class E>
constexpr Enumerators<E> kEnumerators = {E::kNotStored, E::kNotStored};
template <>
inline constexpr Enumerators<RecordKind> kEnumerators<RecordKind> = {RecordKind::kStranded,
                                                                     RecordKind::kAtRisk};
template <>
inline constexpr Enumerators<RecordState> kEnumerators<RecordState> = {RecordState::kOpen,
                                                                       RecordState::kErased};
template <>
inline constexpr Enumerators<Sex> kEnumerators<Sex> = {Sex::kUnknown, Sex::kOther};
template <>
inline constexpr Enumerators<AgeBasis> kEnumerators<AgeBasis> = {AgeBasis::kUnspecified,
                                                                 AgeBasis::kDocument};
template <>
inline constexpr Enumerators<LegalBasis> kEnumerators<LegalBasis> = {LegalBasis::kUnspecified,
                                                                     LegalBasis::kEmergency};
template <>
inline constexpr Enumerators<PhotoKind> kEnumerators<PhotoKind> = {PhotoKind::kUnspecified,
                                                                   PhotoKind::kHistorical};
template <>
inline constexpr Enumerators<NoTemplateReason> kEnumerators<NoTemplateReason> = {
    NoTemplateReason::kNone, NoTemplateReason::kFaceNotUsable};
template <>
inline constexpr Enumerators<DetectionStage> kEnumerators<DetectionStage> = {
    DetectionStage::kHog, DetectionStage::kGivenBox};
template <>
inline constexpr Enumerators<QualityFlag> kEnumerators<QualityFlag> = {QualityFlag::kTooSmall,
                                                                       QualityFlag::kAtBorder};
template <>
inline constexpr Enumerators<QualityMeasure> kEnumerators<QualityMeasure> = {
    QualityMeasure::kInterEyeDistance, QualityMeasure::kFaceInPicture};
template <>
inline constexpr Enumerators<SearchOrigin> kEnumerators<SearchOrigin> = {SearchOrigin::kEnrolment,
                                                                         SearchOrigin::kFolder};
template <>
inline constexpr Enumerators<AttributeFlag> kEnumerators<AttributeFlag> = {
    AttributeFlag::kNameDiffers, AttributeFlag::kChildAndAdult};
template <>
inline constexpr Enumerators<OutlookNotice> kEnumerators<OutlookNotice> = {
    OutlookNotice::kChildToAdult, OutlookNotice::kInfant};
template <>
inline constexpr Enumerators<Advice> kEnumerators<Advice> = {Advice::kLaterPhoto,
                                                             Advice::kMorePhotos};

// `number` as an enumerator; nullopt where there is none.
template <class E>
std::optional<E> EnumeratorOf(std::int64_t number) {
  if (number < static_cast<std::int64_t>(kEnumerators<E>.first) ||
      number > static_cast<std::int64_t>(kEnumerators<E>.last)) {
    return std::nullopt;
  }
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
