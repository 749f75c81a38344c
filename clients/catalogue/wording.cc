#include "clients/catalogue/wording.h"

#include <cctype>

namespace homeward::client {

std::string WordKey(const google::protobuf::EnumValueDescriptor& value) {
  std::string key;
  for (const char letter : value.type()->name()) {
    const auto character = static_cast<unsigned char>(letter);
    if (std::isupper(character) != 0 && !key.empty()) key += '_';
    key += static_cast<char>(std::tolower(character));
  }
  key += '_';
  for (const char letter : value.name()) {
    key += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return key;
}

std::string WordOf(const Catalogue& catalogue, const google::protobuf::EnumDescriptor& type,
                   int number) {
  const google::protobuf::EnumValueDescriptor* value = type.FindValueByNumber(number);
  if (value == nullptr) return std::to_string(number);
  return catalogue.SayByKey(WordKey(*value)).value_or(value->name());
}

}  // namespace homeward::client
