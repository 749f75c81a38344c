// Messages as bytes: equal for equal content and for no other.
#pragma once

#include <google/protobuf/message.h>

#include <initializer_list>
#include <string>

namespace homeward {

std::string CanonicalForm(std::initializer_list<const google::protobuf::Message*> messages);

}  // namespace homeward
