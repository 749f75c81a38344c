#include "server/api/details_proto.h"

#include "server/api/date_proto.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

v1::StrandedDetails Written(const StrandedDetails& details) {
  v1::StrandedDetails proto;
  proto.set_found_region_code(details.found_region_code);
  proto.set_found_place(details.found_place);
  proto.set_found_place_type(details.found_place_type);
  if (details.found_time) *proto.mutable_found_time() = ToProto(*details.found_time);
  if (details.entry_time) *proto.mutable_entry_time() = ToProto(*details.entry_time);
  proto.set_arrival_route(details.arrival_route);
  proto.set_protected_class(details.protected_class);
  proto.set_place_of_stay(details.place_of_stay);
  return proto;
}

v1::MissingDetails Written(const MissingDetails& details) {
  v1::MissingDetails proto;
  proto.set_reporter_name(details.reporter_name);
  proto.set_reporter_contact(details.reporter_contact);
  proto.set_reporter_relation(details.reporter_relation);
  proto.set_reporter_identity_checked(details.reporter_identity_checked);
  proto.set_police_report_number(details.police_report_number);
  proto.set_lost_region_code(details.lost_region_code);
  proto.set_lost_place(details.lost_place);
  if (details.lost_date) *proto.mutable_lost_date() = ToProto(*details.lost_date);
  if (details.last_photo_date) {
    *proto.mutable_last_photo_date() = ToProto(*details.last_photo_date);
  }
  proto.set_consent_text_version(details.consent_text_version);
  if (details.consent_time) *proto.mutable_consent_time() = ToProto(*details.consent_time);
  return proto;
}

v1::AtRiskDetails Written(const AtRiskDetails& details) {
  v1::AtRiskDetails proto;
  proto.set_category(details.category);
  proto.set_township_region_code(details.township_region_code);
  proto.set_guardian_name(details.guardian_name);
  proto.set_guardian_contact(details.guardian_contact);
  if (details.registered_date) {
    *proto.mutable_registered_date() = ToProto(*details.registered_date);
  }
  for (const Date& visit : details.visit_dates) *proto.add_visit_dates() = ToProto(visit);
  return proto;
}

Result<std::optional<Time>> ReadTime(std::string_view field, bool is_set,
                                     const google::protobuf::Timestamp& proto) {
  if (!is_set) return std::nullopt;
  return FromProto(field, proto);
}

Result<Details> Read(const v1::StrandedDetails& proto) {
  const auto found =
      ReadTime("record.stranded.found_time", proto.has_found_time(), proto.found_time());
  if (!found) return std::unexpected(found.error());
  const auto entry =
      ReadTime("record.stranded.entry_time", proto.has_entry_time(), proto.entry_time());
  if (!entry) return std::unexpected(entry.error());
  return StrandedDetails{.found_region_code = proto.found_region_code(),
                         .found_place = proto.found_place(),
                         .found_place_type = proto.found_place_type(),
                         .found_time = *found,
                         .entry_time = *entry,
                         .arrival_route = proto.arrival_route(),
                         .protected_class = proto.protected_class(),
                         .place_of_stay = proto.place_of_stay()};
}

Result<Details> Read(const v1::MissingDetails& proto) {
  const auto consent =
      ReadTime("record.missing.consent_time", proto.has_consent_time(), proto.consent_time());
  if (!consent) return std::unexpected(consent.error());
  MissingDetails details;
  details.reporter_name = proto.reporter_name();
  details.reporter_contact = proto.reporter_contact();
  details.reporter_relation = proto.reporter_relation();
  details.reporter_identity_checked = proto.reporter_identity_checked();
  details.police_report_number = proto.police_report_number();
  details.lost_region_code = proto.lost_region_code();
  details.lost_place = proto.lost_place();
  details.consent_text_version = proto.consent_text_version();
  details.consent_time = *consent;
  if (proto.has_lost_date()) details.lost_date = FromProto(proto.lost_date());
  if (proto.has_last_photo_date()) details.last_photo_date = FromProto(proto.last_photo_date());
  return details;
}

Result<Details> Read(const v1::AtRiskDetails& proto) {
  AtRiskDetails details;
  details.category = proto.category();
  details.township_region_code = proto.township_region_code();
  details.guardian_name = proto.guardian_name();
  details.guardian_contact = proto.guardian_contact();
  if (proto.has_registered_date()) details.registered_date = FromProto(proto.registered_date());
  for (const auto& visit : proto.visit_dates()) details.visit_dates.push_back(FromProto(visit));
  return details;
}

// What the record's own kind calls its details.
v1::Record::DetailsCase CaseOf(RecordKind kind) {
  switch (kind) {
    case RecordKind::kStranded:
      return v1::Record::kStranded;
    case RecordKind::kMissing:
      return v1::Record::kMissing;
    case RecordKind::kAtRisk:
      return v1::Record::kAtRisk;
  }
  return v1::Record::DETAILS_NOT_SET;
}

}  // namespace

void SetDetails(const Details& details, v1::Record& proto) {
  if (const auto* stranded = std::get_if<StrandedDetails>(&details)) {
    *proto.mutable_stranded() = Written(*stranded);
  } else if (const auto* missing = std::get_if<MissingDetails>(&details)) {
    *proto.mutable_missing() = Written(*missing);
  } else if (const auto* at_risk = std::get_if<AtRiskDetails>(&details)) {
    *proto.mutable_at_risk() = Written(*at_risk);
  }
}

Result<Details> DetailsOf(RecordKind kind, const v1::Record& proto) {
  const auto given = proto.details_case();
  if (given != v1::Record::DETAILS_NOT_SET && given != CaseOf(kind)) {
    const auto* field = v1::Record::descriptor()->FindFieldByNumber(given);
    return InvalidField("record." + field->name(), "holds the details of another kind of record");
  }
  // Without details, the accessors answer with empty ones.
  switch (kind) {
    case RecordKind::kStranded:
      return Read(proto.stranded());
    case RecordKind::kMissing:
      return Read(proto.missing());
    case RecordKind::kAtRisk:
      return Read(proto.at_risk());
  }
  return InvalidField("record.kind", "has a value that is not known here");
}

}  // namespace homeward
