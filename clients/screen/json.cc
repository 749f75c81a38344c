#include "clients/screen/json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/time_util.h>

#include "clients/screen/time_text.h"
#include "google/type/date.pb.h"

namespace homeward::client {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

Json EnumJson(const FieldDescriptor& field, int number) {
  const EnumValueDescriptor* value = field.enum_type()->FindValueByNumber(number);
  return value == nullptr ? Json(number) : Json(value->name());  // a newer service knows more
}

// One value: of a repeated field the one at `index`, else the field's.
Json ValueJson(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& all = *message.GetReflection();
  const bool repeated = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return repeated ? all.GetRepeatedInt32(message, &field, index)
                      : all.GetInt32(message, &field);
    case FieldDescriptor::CPPTYPE_INT64:
      return repeated ? all.GetRepeatedInt64(message, &field, index)
                      : all.GetInt64(message, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return repeated ? all.GetRepeatedUInt32(message, &field, index)
                      : all.GetUInt32(message, &field);
    case FieldDescriptor::CPPTYPE_UINT64:
      return repeated ? all.GetRepeatedUInt64(message, &field, index)
                      : all.GetUInt64(message, &field);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return repeated ? all.GetRepeatedDouble(message, &field, index)
                      : all.GetDouble(message, &field);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return repeated ? all.GetRepeatedFloat(message, &field, index)
                      : all.GetFloat(message, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return repeated ? all.GetRepeatedBool(message, &field, index) : all.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumJson(field, repeated ? all.GetRepeatedEnumValue(message, &field, index)
                                      : all.GetEnumValue(message, &field));
    case FieldDescriptor::CPPTYPE_STRING:
      return repeated ? all.GetRepeatedString(message, &field, index)
                      : all.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return JsonOf(repeated ? all.GetRepeatedMessage(message, &field, index)
                             : all.GetMessage(message, &field));
  }
  return nullptr;
}

Json FieldJson(const Message& message, const FieldDescriptor& field) {
  if (!field.is_repeated()) {
    const bool absent = field.has_presence() && !message.GetReflection()->HasField(message, &field);
    return absent ? Json(nullptr) : ValueJson(message, field, 0);
  }
  Json list = Json::array();
  const int count = message.GetReflection()->FieldSize(message, &field);
  for (int index = 0; index < count; ++index) list.push_back(ValueJson(message, field, index));
  return list;
}

}  // namespace

Json JsonOf(const Message& message) {
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    google::protobuf::Timestamp time;
    time.CopyFrom(message);
    return google::protobuf::util::TimeUtil::ToString(time);
  }
  if (message.GetDescriptor() == google::type::Date::descriptor()) {
    google::type::Date date;
    date.CopyFrom(message);
    return DateText(date);
  }
  Json object = Json::object();
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int index = 0; index < type.field_count(); ++index) {
    const FieldDescriptor& field = *type.field(index);
    if (field.type() == FieldDescriptor::TYPE_BYTES) continue;
    object[field.name()] = FieldJson(message, field);
  }
  return object;
}

}  // namespace homeward::client
