// Messages of the contract as JSON for programs.
#pragma once

#include <google/protobuf/message.h>

#include <nlohmann/json.hpp>

namespace homeward::client {

using Json = nlohmann::ordered_json;

// Every field under its name in the contract and in its order, also those that are not set, so that
// the keys are always the same: an absent message or optional value is null. Times are RFC 3339,
// dates YYYY-MM-DD, enumerators their names, 64-bit numbers are numbers. Bytes are left out.
Json JsonOf(const google::protobuf::Message& message);

}  // namespace homeward::client
