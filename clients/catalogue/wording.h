// The contract's enumerations in words.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <string>

#include "clients/catalogue/catalogue.h"

namespace homeward::client {

// The catalogue's key for an enumerator: "record_kind_at_risk" for RecordKind.AT_RISK.
std::string WordKey(const google::protobuf::EnumValueDescriptor& value);

// The word for an enumerator; for one that this program does not know yet, its number.
std::string WordOf(const Catalogue& catalogue, const google::protobuf::EnumDescriptor& type,
                   int number);

template <class Enum>
  requires google::protobuf::is_proto_enum<Enum>::value
std::string Word(const Catalogue& catalogue, Enum value) {
  return WordOf(catalogue, *google::protobuf::GetEnumDescriptor<Enum>(), value);
}

// The words for a repeated field of `type`, as an enumeration in a sentence.
template <class Enum, class Numbers>
std::string Words(const Catalogue& catalogue, const Numbers& numbers) {
  std::vector<std::string> words;
  for (const int number : numbers) words.push_back(Word(catalogue, static_cast<Enum>(number)));
  return catalogue.Join(words);
}

}  // namespace homeward::client
