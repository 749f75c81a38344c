// Writes single fields of a message by their paths, and knows which it wrote.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "google/type/date.pb.h"

namespace homeward::client {

class FieldWriter {
 public:
  // `message` must outlive the writer. Paths are those of its type: "person.claimed_name".
  explicit FieldWriter(google::protobuf::Message& message) : message_(message) {}

  void Text(std::string_view path, const std::string& value);
  void Number(std::string_view path, int value);
  void Enumerator(std::string_view path, int number);
  void Append(std::string_view path, const std::string& value);
  // A day, also for a field that holds a time: then noon in China, which is the same day wherever
  // the service may be.
  void Date(std::string_view path, const google::type::Date& date);

  // Notes every field that is set, down to single ones: what somebody else wrote.
  void NoteAll();

  // For an update mask; each path once.
  std::vector<std::string> paths() const { return paths_; }

 private:
  std::pair<google::protobuf::Message*, const google::protobuf::FieldDescriptor*> Resolve(
      std::string_view path);
  void NoteAllOf(const google::protobuf::Message& message, const std::string& prefix);
  void Note(std::string_view path);

  google::protobuf::Message& message_;
  std::vector<std::string> paths_;
};

}  // namespace homeward::client
