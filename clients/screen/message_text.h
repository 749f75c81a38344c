// A message of the contract as labelled lines for people.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "clients/screen/page.h"

namespace homeward::client {

// One line for each field that is set, "label  value", those of inner messages among them. The
// label of a field is the catalogue's "field_NAME".
std::string FieldLines(const google::protobuf::Message& message, const Page& page);

}  // namespace homeward::client
