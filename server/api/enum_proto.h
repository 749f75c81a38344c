// The domain's enumerations carry the contract's numbers, so that one cast translates them.
#pragma once

#include <string_view>
#include <type_traits>
#include <utility>

#include "homeward/v1/record.pb.h"
#include "homeward/v1/search.pb.h"
#include "matcher/face.h"
#include "server/records/record.h"
#include "server/records/search_entry.h"
#include "server/records/validation.h"
#include "server/records/warnings.h"

namespace homeward {

// Which enumeration of the domain stands for one of the contract, and by how much its numbers are
// smaller: those without an "unspecified" count from 0.
template <class Proto>
struct EnumOf;
template <class Domain, int kShift = 0>
struct EnumMapping {
  using Type = Domain;
  static constexpr int kOffset = kShift;
};
template <>
struct EnumOf<v1::RecordKind> : EnumMapping<RecordKind> {};
template <>
struct EnumOf<v1::RecordState> : EnumMapping<RecordState> {};
template <>
struct EnumOf<v1::Sex> : EnumMapping<Sex> {};
template <>
struct EnumOf<v1::AgeBasis> : EnumMapping<AgeBasis> {};
template <>
struct EnumOf<v1::LegalBasis> : EnumMapping<LegalBasis> {};
template <>
struct EnumOf<v1::PhotoKind> : EnumMapping<PhotoKind> {};
template <>
struct EnumOf<v1::NoTemplateReason> : EnumMapping<NoTemplateReason> {};
template <>
struct EnumOf<v1::RecordWarningCode> : EnumMapping<WarningCode> {};
template <>
struct EnumOf<v1::SearchOrigin> : EnumMapping<SearchOrigin> {};
template <>
struct EnumOf<v1::QualityFlag> : EnumMapping<QualityFlag, 1> {};
template <>
struct EnumOf<v1::QualityMeasure> : EnumMapping<QualityMeasure, 1> {};
template <>
struct EnumOf<v1::AttributeFlag> : EnumMapping<AttributeFlag, 1> {};
template <>
struct EnumOf<v1::OutlookNotice> : EnumMapping<OutlookNotice, 1> {};
template <>
struct EnumOf<v1::Advice> : EnumMapping<Advice, 1> {};

template <class Proto>
constexpr Proto ToProtoEnum(typename EnumOf<Proto>::Type value) {
  return static_cast<Proto>(std::to_underlying(value) + EnumOf<Proto>::kOffset);
}

// The number of the contract as the domain's value. Errors: kFieldInvalid for a number that this
// version of the contract does not know.
template <class Proto>
Result<typename EnumOf<Proto>::Type> FromProtoEnum(std::string_view field, Proto value) {
  if (google::protobuf::GetEnumDescriptor<Proto>()->FindValueByNumber(value) == nullptr) {
    return InvalidField(field, "has a value that is not known here");
  }
  return static_cast<typename EnumOf<Proto>::Type>(value - EnumOf<Proto>::kOffset);
}

// The first and last of each, so that a change of one side alone does not compile.
static_assert(ToProtoEnum<v1::RecordKind>(RecordKind::kStranded) == v1::STRANDED);
static_assert(ToProtoEnum<v1::RecordKind>(RecordKind::kAtRisk) == v1::AT_RISK);
static_assert(ToProtoEnum<v1::RecordState>(RecordState::kErased) == v1::ERASED);
static_assert(ToProtoEnum<v1::Sex>(Sex::kUnknown) == v1::SEX_UNSPECIFIED);
static_assert(ToProtoEnum<v1::Sex>(Sex::kFemale) == v1::FEMALE);
static_assert(ToProtoEnum<v1::Sex>(Sex::kOther) == v1::OTHER_SEX);
static_assert(ToProtoEnum<v1::AgeBasis>(AgeBasis::kStated) == v1::STATED);
static_assert(ToProtoEnum<v1::AgeBasis>(AgeBasis::kDocument) == v1::DOCUMENT);
static_assert(ToProtoEnum<v1::LegalBasis>(LegalBasis::kStatutoryDuty) == v1::STATUTORY_DUTY);
static_assert(ToProtoEnum<v1::LegalBasis>(LegalBasis::kEmergency) == v1::EMERGENCY);
static_assert(ToProtoEnum<v1::PhotoKind>(PhotoKind::kIntake) == v1::INTAKE);
static_assert(ToProtoEnum<v1::PhotoKind>(PhotoKind::kHistorical) == v1::HISTORICAL);
static_assert(ToProtoEnum<v1::NoTemplateReason>(NoTemplateReason::kFaceNotFound) ==
              v1::FACE_NOT_FOUND);
static_assert(ToProtoEnum<v1::NoTemplateReason>(NoTemplateReason::kFaceNotUsable) ==
              v1::FACE_NOT_USABLE);
static_assert(ToProtoEnum<v1::RecordWarningCode>(WarningCode::kSexContradictsCitizenId) ==
              v1::SEX_CONTRADICTS_CITIZEN_ID);
static_assert(ToProtoEnum<v1::RecordWarningCode>(WarningCode::kAgeContradictsBirthDate) ==
              v1::AGE_CONTRADICTS_BIRTH_DATE);
static_assert(ToProtoEnum<v1::SearchOrigin>(SearchOrigin::kEnrolment) == v1::ENROLMENT);
static_assert(ToProtoEnum<v1::SearchOrigin>(SearchOrigin::kFolder) == v1::FOLDER);
static_assert(ToProtoEnum<v1::QualityFlag>(QualityFlag::kTooSmall) == v1::TOO_SMALL);
static_assert(ToProtoEnum<v1::QualityFlag>(QualityFlag::kAtBorder) == v1::AT_BORDER);
static_assert(ToProtoEnum<v1::QualityMeasure>(QualityMeasure::kInterEyeDistance) ==
              v1::INTER_EYE_DISTANCE);
static_assert(ToProtoEnum<v1::QualityMeasure>(QualityMeasure::kFaceInPicture) ==
              v1::FACE_IN_PICTURE);
static_assert(ToProtoEnum<v1::AttributeFlag>(AttributeFlag::kNameDiffers) == v1::NAME_DIFFERS);
static_assert(ToProtoEnum<v1::AttributeFlag>(AttributeFlag::kChildAndAdult) == v1::CHILD_AND_ADULT);
static_assert(ToProtoEnum<v1::OutlookNotice>(OutlookNotice::kChildToAdult) == v1::CHILD_TO_ADULT);
static_assert(ToProtoEnum<v1::OutlookNotice>(OutlookNotice::kInfant) == v1::INFANT);
static_assert(ToProtoEnum<v1::Advice>(Advice::kLaterPhoto) == v1::LATER_PHOTO);
static_assert(ToProtoEnum<v1::Advice>(Advice::kMorePhotos) == v1::MORE_PHOTOS);

}  // namespace homeward
