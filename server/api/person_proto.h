// What is said about a person, between the contract and the domain.
#pragma once

#include "homeward/v1/record.pb.h"
#include "matcher/error.h"
#include "server/records/record.h"

namespace homeward {

v1::Person ToProto(const Person& person);
// Errors: kFieldInvalid with the path from `record.person`. Limits are checked by the domain.
Result<Person> FromProto(const v1::Person& proto);

}  // namespace homeward
