#include "clients/cli/field_writer.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>

namespace homeward::client {

using google::protobuf::FieldDescriptor;

void FieldWriter::Text(std::string_view path, const std::string& value) {
  const auto [message, field] = Resolve(path);
  message->GetReflection()->SetString(message, field, value);
}

void FieldWriter::Number(std::string_view path, int value) {
  const auto [message, field] = Resolve(path);
  message->GetReflection()->SetInt32(message, field, value);
}

void FieldWriter::Enumerator(std::string_view path, int number) {
  const auto [message, field] = Resolve(path);
  message->GetReflection()->SetEnumValue(message, field, number);
}

void FieldWriter::Append(std::string_view path, const std::string& value) {
  const auto [message, field] = Resolve(path);
  message->GetReflection()->AddString(message, field, value);
}

void FieldWriter::Date(std::string_view path, const google::type::Date& date) {
  const auto [message, field] = Resolve(path);
  if (field->message_type() == google::type::Date::descriptor()) {
    message->GetReflection()->MutableMessage(message, field)->CopyFrom(date);
    return;
  }
  google::protobuf::Timestamp noon;
  google::protobuf::util::TimeUtil::FromString(
      fmt::format("{:04}-{:02}-{:02}T12:00:00+08:00", date.year(), date.month(), date.day()),
      &noon);
  message->GetReflection()->MutableMessage(message, field)->CopyFrom(noon);
}

void FieldWriter::NoteAll() { NoteAllOf(message_, ""); }

std::pair<google::protobuf::Message*, const FieldDescriptor*> FieldWriter::Resolve(
    std::string_view path) {
  Note(path);
  google::protobuf::Message* message = &message_;
  while (true) {
    const std::size_t dot = path.find('.');
    const FieldDescriptor* field =
        message->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    if (dot == std::string_view::npos) return {message, field};
    message = message->GetReflection()->MutableMessage(message, field);
    path.remove_prefix(dot + 1);
  }
}

void FieldWriter::NoteAllOf(const google::protobuf::Message& message, const std::string& prefix) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool nested = field->message_type() != nullptr && !field->is_repeated() &&
                        field->message_type()->file() == message_.GetDescriptor()->file();
    if (nested) {
      NoteAllOf(message.GetReflection()->GetMessage(message, field), prefix + field->name() + ".");
    } else {
      Note(prefix + field->name());
    }
  }
}

void FieldWriter::Note(std::string_view path) {
  if (std::ranges::find(paths_, path) == paths_.end()) paths_.emplace_back(path);
}

}  // namespace homeward::client
