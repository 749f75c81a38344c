#include "server/api/record_proto.h"

#include <utility>

#include "server/api/date_proto.h"
#include "server/api/details_proto.h"
#include "server/api/enum_proto.h"
#include "server/api/person_proto.h"
#include "server/records/record_book.h"
#include "server/records/resource_name.h"

namespace homeward {

v1::Record StatementsOf(const Record& record) {
  v1::Record proto;
  proto.set_kind(ToProtoEnum<v1::RecordKind>(record.kind));
  proto.set_unit(record.unit);
  proto.set_source_reference(record.source_reference);
  *proto.mutable_person() = ToProto(record.person);
  SetDetails(record.details, proto);
  proto.set_legal_basis(ToProtoEnum<v1::LegalBasis>(record.legal_basis));
  return proto;
}

v1::Record ToProto(const RecordView& view) {
  const Record& record = view.record;
  const bool is_erased = record.state == RecordState::kErased;
  v1::Record proto;
  if (is_erased) {
    proto.set_kind(ToProtoEnum<v1::RecordKind>(record.kind));
    if (record.erased) *proto.mutable_erase_time() = ToProto(*record.erased);
  } else {
    proto = StatementsOf(record);
    proto.set_etag(EtagOf(record));
  }
  proto.set_name(NameOf(record.id));
  proto.set_state(ToProtoEnum<v1::RecordState>(record.state));
  *proto.mutable_create_time() = ToProto(record.created);
  *proto.mutable_update_time() = ToProto(record.updated);
  for (const RecordId& other : view.linked_stays) proto.add_linked_records(NameOf(other));
  proto.set_photo_count(view.photo_count);
  for (const Warning& warning : view.warnings) {
    auto& each = *proto.add_warnings();
    each.set_code(ToProtoEnum<v1::RecordWarningCode>(warning.code));
    each.mutable_fields()->Assign(warning.fields.begin(), warning.fields.end());
  }
  return proto;
}

Result<Record> FromProto(const v1::Record& proto) {
  if (proto.kind() == v1::RECORD_KIND_UNSPECIFIED) {
    return Fail(Reason::kFieldMissing, "record.kind must be set.", {{"field", "record.kind"}});
  }
  const auto kind = FromProtoEnum("record.kind", proto.kind());
  if (!kind) return std::unexpected(kind.error());
  const auto legal_basis = FromProtoEnum("record.legal_basis", proto.legal_basis());
  if (!legal_basis) return std::unexpected(legal_basis.error());
  auto person = FromProto(proto.person());
  if (!person) return std::unexpected(person.error());
  auto details = DetailsOf(*kind, proto);
  if (!details) return std::unexpected(details.error());
  Record record;
  record.kind = *kind;
  record.unit = proto.unit();
  record.source_reference = proto.source_reference();
  record.person = *std::move(person);
  record.details = *std::move(details);
  record.legal_basis = *legal_basis;
  return record;
}

}  // namespace homeward
