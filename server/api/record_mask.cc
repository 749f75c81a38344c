#include "server/api/record_mask.h"

#include <fmt/format.h>
#include <google/api/field_behavior.pb.h>
#include <google/protobuf/util/field_mask_util.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/record_proto.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

constexpr std::string_view kAgeDate = "person.age_date";

bool CanChange(const FieldDescriptor& field) {
  const auto& options = field.options();
  const auto behaviours = options.GetRepeatedExtension(google::api::field_behavior);
  return std::ranges::none_of(behaviours, [](int behaviour) {
    return behaviour == google::api::OUTPUT_ONLY || behaviour == google::api::IDENTIFIER ||
           behaviour == google::api::IMMUTABLE;
  });
}

// Whether `path` is exactly the names of fields that can change, each within the one before.
bool NamesWhatCanChange(const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  if (!FieldMaskUtil::GetFieldDescriptors(v1::Record::descriptor(), path, &fields)) return false;
  std::string names;
  for (const auto* field : fields) {
    if (!CanChange(*field)) return false;
    names += (names.empty() ? "" : ".") + field->name();
  }
  return !names.empty() && names == path;  // the split passes over empty parts
}

Result<void> CheckPath(const std::string& path) {
  if (NamesWhatCanChange(path)) return {};
  return Fail(Reason::kUpdateMaskInvalid,
              fmt::format("{} is not a field of a record that can change.", path),
              {{"path", path}});
}

// Whether a mask goes on below this field, so that its other parts stay as they are.
bool IsDivided(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_repeated() &&
         field.message_type()->file() == v1::Record::descriptor()->file();
}

// The paths of the fields that are set and can change.
void AddSetPaths(const Message& message, const std::string& prefix, FieldMask& mask) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (!CanChange(*field)) continue;
    const std::string path = prefix + field->name();
    if (IsDivided(*field)) {
      AddSetPaths(message.GetReflection()->GetMessage(message, field), path + ".", mask);
    } else {
      mask.add_paths(path);
    }
  }
}

// Every field that can change. Of the details, those given, so that another kind's are noticed; or
// all, of which the record's own kind has one.
FieldMask WholeMask(const v1::Record& given) {
  FieldMask mask;
  const auto& descriptor = *v1::Record::descriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const auto* field = descriptor.field(i);
    const bool is_other_detail = field->containing_oneof() != nullptr &&
                                 given.details_case() != v1::Record::DETAILS_NOT_SET &&
                                 given.details_case() != field->number();
    if (CanChange(*field) && !is_other_detail) mask.add_paths(field->name());
  }
  return mask;
}

Result<FieldMask> MaskOf(const v1::UpdateRecordRequest& request) {
  FieldMask mask;
  if (request.update_mask().paths().empty()) {
    AddSetPaths(request.record(), "", mask);
    return mask;
  }
  if (request.update_mask().paths_size() == 1 && request.update_mask().paths(0) == "*") {
    return WholeMask(request.record());
  }
  for (const std::string& path : request.update_mask().paths()) {
    if (auto ok = CheckPath(path); !ok) return std::unexpected(ok.error());
  }
  return request.update_mask();
}

bool Names(const FieldMask& mask, std::string_view path) {
  return std::ranges::any_of(mask.paths(), [&](const std::string& each) {
    return each == path || each.starts_with(fmt::format("{}.", path));
  });
}

// Whether an age is stated by the call, and not when.
bool StatesUndatedAge(const FieldMask& mask) {
  return (Names(mask, "person.age_min") || Names(mask, "person.age_max")) && !Names(mask, kAgeDate);
}

}  // namespace

Result<RecordEdit> EditOf(const v1::UpdateRecordRequest& request) {
  auto mask = MaskOf(request);
  if (!mask) return std::unexpected(mask.error());
  return [&request, mask = *std::move(mask)](const Record& current) -> Result<Record> {
    v1::Record next = StatementsOf(current);
    if (request.record().kind() != v1::RECORD_KIND_UNSPECIFIED &&
        request.record().kind() != next.kind()) {
      return InvalidField("record.kind", "cannot change");
    }
    FieldMaskUtil::MergeOptions options;
    options.set_replace_message_fields(true);
    options.set_replace_repeated_fields(true);
    FieldMaskUtil::MergeMessageTo(request.record(), mask, options, &next);
    if (StatesUndatedAge(mask)) next.mutable_person()->clear_age_date();
    return FromProto(next);
  };
}

}  // namespace homeward
