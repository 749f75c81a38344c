#include "tests/api/handler_calls.h"

#include <google/protobuf/timestamp.pb.h>
#include <google/type/date.pb.h>

#include <stdexcept>

namespace homeward::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextFor(const FieldDescriptor& field) {
  if (field.name().ends_with("region_code"))
    return "41090200" + std::to_string(field.number() % 10);
  if (field.name() == "citizen_id") return "11010519491231002X";
  return "文字 " + field.name();
}

void FillMessage(const FieldDescriptor& field, Message* value) {
  if (auto* date = dynamic_cast<google::type::Date*>(value)) {
    date->set_year(1990 + field.number());
    date->set_month(field.number() % 12 + 1);
    date->set_day(3);
  } else if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(value)) {
    time->set_seconds(1'700'000'000 + field.number());
    time->set_nanos(123'456'000);
  } else {
    throw std::logic_error("no value is known for " + field.full_name());
  }
}

void Fill(const FieldDescriptor& field, Message* message) {
  const auto& reflection = *message->GetReflection();
  const bool repeated = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      repeated ? reflection.AddString(message, &field, TextFor(field))
               : reflection.SetString(message, &field, TextFor(field));
      return;
    case FieldDescriptor::CPPTYPE_INT32:
      reflection.SetInt32(message, &field, 30 + field.number());
      return;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection.SetBool(message, &field, true);
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      reflection.SetEnumValue(message, &field, 1);
      return;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      FillMessage(field, repeated ? reflection.AddMessage(message, &field)
                                  : reflection.MutableMessage(message, &field));
      return;
    default:
      throw std::logic_error("no value is known for " + field.full_name());
  }
}

}  // namespace

void FillEveryField(Message* message) {
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    Fill(*message->GetDescriptor()->field(i), message);
  }
}

}  // namespace homeward::testing
