#include "server/api/search_proto.h"

#include "server/api/date_proto.h"
#include "server/api/enum_proto.h"
#include "server/api/operating_point_proto.h"
#include "server/api/photo_proto.h"
#include "server/records/resource_name.h"

namespace homeward {
namespace {

v1::SearchFilter FilterProto(const SearchCriteria& criteria) {
  v1::SearchFilter proto;
  for (const RecordKind kind : criteria.kinds) proto.add_kinds(ToProtoEnum<v1::RecordKind>(kind));
  proto.mutable_region_codes()->Assign(criteria.region_codes.begin(), criteria.region_codes.end());
  proto.mutable_units()->Assign(criteria.units.begin(), criteria.units.end());
  proto.set_sex(ToProtoEnum<v1::Sex>(criteria.sex));
  if (criteria.age_min) proto.set_age_min(*criteria.age_min);
  if (criteria.age_max) proto.set_age_max(*criteria.age_max);
  if (criteria.event_date_min) *proto.mutable_event_date_min() = ToProto(*criteria.event_date_min);
  if (criteria.event_date_max) *proto.mutable_event_date_max() = ToProto(*criteria.event_date_max);
  return proto;
}

v1::Comparison ComparisonProto(const Comparison& comparison) {
  v1::Comparison proto;
  proto.set_searchable_count(comparison.searchable);
  proto.set_compared_count(comparison.compared);
  proto.set_compared_face_count(comparison.templates_compared);
  proto.set_compared_in_part_count(comparison.in_part);
  const auto add = [&](v1::NotComparedReason reason, std::int64_t count) {
    if (count == 0) return;
    auto& each = *proto.add_not_compared();
    each.set_reason(reason);
    each.set_count(count);
  };
  add(v1::OWN_RECORD, comparison.own);
  add(v1::KIND_NOT_SEARCHED, comparison.kind_not_searched);
  add(v1::FILTERED, comparison.filtered);
  add(v1::OTHER_SPACE, comparison.other_space);
  add(v1::WITHOUT_USABLE_FACE, comparison.no_usable_face);
  return proto;
}

v1::Evidence EvidenceProto(const Evidence& evidence) {
  v1::Evidence proto;
  proto.set_score(evidence.score);
  proto.set_stranger_rate(evidence.chance);
  proto.set_stranger_rate_min(evidence.chance_min);
  proto.set_stranger_rate_max(evidence.chance_max);
  return proto;
}

v1::Placing PlacingProto(const Placing& placing) {
  v1::Placing proto;
  proto.set_space(placing.space_id);
  if (placing.rank) proto.set_rank(*placing.rank);
  proto.set_distance(placing.distance);
  if (placing.evidence) *proto.mutable_evidence() = EvidenceProto(*placing.evidence);
  return proto;
}

// Of an erased record nothing is told that came from it.
v1::Candidate CandidateProto(const CandidateView& view) {
  const CandidateEntry& entry = view.entry;
  v1::Candidate proto;
  proto.set_rank(entry.rank);
  proto.set_record(NameOf(entry.record));
  proto.set_distance(entry.distance);
  proto.set_above_operating_point(entry.above_operating_point);
  proto.set_probe_index(entry.probe_index);
  if (entry.evidence) *proto.mutable_evidence() = EvidenceProto(*entry.evidence);
  for (const Placing& each : entry.placings) *proto.add_placings() = PlacingProto(each);
  if (view.photo_is_there) {
    proto.set_photo(NameOf(PhotoName{entry.record, entry.photo}));
    *proto.mutable_box() = ToProto(entry.box);
  }
  proto.set_erased(!view.record);
  if (!view.record) return proto;
  for (const AttributeFlag flag : entry.flags) {
    proto.add_flags(ToProtoEnum<v1::AttributeFlag>(flag));
  }
  proto.set_kind(ToProtoEnum<v1::RecordKind>(view.record->kind));
  proto.set_claimed_name(view.record->person.claimed_name);
  proto.set_unit(view.record->unit);
  return proto;
}

v1::Outlook OutlookProto(const Outlook& outlook) {
  v1::Outlook proto;
  proto.set_expected_miss_rate(outlook.expected_miss_rate);
  for (const OutlookNotice notice : outlook.notices) {
    proto.add_notices(ToProtoEnum<v1::OutlookNotice>(notice));
  }
  for (const Advice advice : outlook.advice) proto.add_advice(ToProtoEnum<v1::Advice>(advice));
  return proto;
}

std::string ProbeOf(const SearchEntry& search) {
  if (!search.probe_record) return {};
  if (!search.probe_photo) return NameOf(*search.probe_record);
  return NameOf(PhotoName{*search.probe_record, *search.probe_photo});
}

}  // namespace

v1::Search ToProto(const SearchEntry& search) {
  v1::Search proto;
  proto.set_name(NameOf(search.id));
  *proto.mutable_create_time() = ToProto(search.created);
  proto.set_caller(search.caller);
  proto.set_purpose(search.purpose);
  proto.set_case_reference(search.case_reference);
  proto.set_origin(ToProtoEnum<v1::SearchOrigin>(search.origin));
  proto.set_probe(ProbeOf(search));
  *proto.mutable_filter() = FilterProto(search.criteria);
  proto.set_space(search.space.id);
  proto.set_model(search.space.model);
  *proto.mutable_operating_point() = ToProto(search.operating_point);
  proto.set_change_number(search.change);
  *proto.mutable_comparison() = ComparisonProto(search.comparison);
  if (search.outlook) *proto.mutable_outlook() = OutlookProto(*search.outlook);
  proto.set_no_candidate(search.no_candidate);
  return proto;
}

v1::Search ToProto(const SearchView& view) {
  v1::Search proto = ToProto(view.search);
  for (const CandidateView& candidate : view.candidates) {
    *proto.add_candidates() = CandidateProto(candidate);
  }
  return proto;
}

Result<SearchCriteria> FromProto(const v1::SearchFilter& proto) {
  const auto sex = FromProtoEnum("filter.sex", proto.sex());
  if (!sex) return std::unexpected(sex.error());
  SearchCriteria criteria;
  criteria.region_codes.assign(proto.region_codes().begin(), proto.region_codes().end());
  criteria.units.assign(proto.units().begin(), proto.units().end());
  criteria.sex = *sex;
  for (const int number : proto.kinds()) {
    const auto kind = FromProtoEnum("filter.kinds", static_cast<v1::RecordKind>(number));
    if (!kind) return std::unexpected(kind.error());
    if (number == v1::RECORD_KIND_UNSPECIFIED) {
      return InvalidField("filter.kinds", "must not hold the unspecified kind");
    }
    criteria.kinds.push_back(*kind);
  }
  if (proto.has_age_min()) criteria.age_min = proto.age_min();
  if (proto.has_age_max()) criteria.age_max = proto.age_max();
  if (proto.has_event_date_min()) criteria.event_date_min = FromProto(proto.event_date_min());
  if (proto.has_event_date_max()) criteria.event_date_max = FromProto(proto.event_date_max());
  return criteria;
}

}  // namespace homeward
