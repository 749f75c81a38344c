#include "clients/screen/message_text.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "clients/catalogue/wording.h"
#include "clients/screen/json.h"
#include "clients/screen/text_width.h"
#include "clients/screen/time_text.h"
#include "google/type/date.pb.h"

namespace homeward::client {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Timestamp;

struct Line {
  std::string label;
  std::string value;
};

std::string Label(const FieldDescriptor& field, const Page& page) {
  return page.catalogue.SayByKey("field_" + field.name()).value_or(field.name());
}

std::string ScalarText(const Json& value, const Page& page) {
  if (value.is_boolean()) return page.Say(value.get<bool>() ? Message::kYes : Message::kNo);
  if (value.is_string()) return Printable(value.get<std::string>());
  return value.dump();
}

// The values of a field that holds no message.
std::string ValueText(const google::protobuf::Message& message, const FieldDescriptor& field,
                      const Page& page) {
  const google::protobuf::Reflection& all = *message.GetReflection();
  std::vector<std::string> values;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const int count = field.is_repeated() ? all.FieldSize(message, &field) : 1;
    for (int index = 0; index < count; ++index) {
      const int number = field.is_repeated() ? all.GetRepeatedEnumValue(message, &field, index)
                                             : all.GetEnumValue(message, &field);
      values.push_back(WordOf(page.catalogue, *field.enum_type(), number));
    }
    return page.catalogue.Join(values);
  }
  const Json json = JsonOf(message).at(field.name());
  if (!json.is_array()) return ScalarText(json, page);
  for (const Json& value : json) values.push_back(ScalarText(value, page));
  return page.catalogue.Join(values);
}

void Collect(const google::protobuf::Message& message, const Page& page, std::vector<Line>& lines) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool date = field->message_type() == google::type::Date::descriptor();
    if (field->message_type() == Timestamp::descriptor()) {
      Timestamp time;
      time.CopyFrom(message.GetReflection()->GetMessage(message, field));
      lines.push_back({Label(*field, page), LocalTimeText(time)});
    } else if (field->message_type() == nullptr || date) {
      lines.push_back({Label(*field, page), ValueText(message, *field, page)});
    } else if (!field->is_repeated()) {
      Collect(message.GetReflection()->GetMessage(message, field), page, lines);
    }
  }
}

}  // namespace

std::string FieldLines(const google::protobuf::Message& message, const Page& page) {
  std::vector<Line> lines;
  Collect(message, page, lines);
  int label = 0;
  for (const Line& line : lines) label = std::max(label, Width(line.label));
  label = std::min(label, page.width / 2) + 2;
  std::string text;
  for (const Line& line : lines) text += WrapAfter(line.label, label, line.value, page.width);
  return text;
}

}  // namespace homeward::client
