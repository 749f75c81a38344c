// Dates and times between the contract and the domain.
#pragma once

#include <google/protobuf/timestamp.pb.h>
#include <google/type/date.pb.h>

#include <optional>
#include <string_view>

#include "matcher/error.h"
#include "server/records/date.h"

namespace homeward {

google::type::Date ToProto(const Date& date);
// As it stands; whether it is on the calendar is for the domain to say.
Date FromProto(const google::type::Date& date);

google::protobuf::Timestamp ToProto(Time time);
// To the microsecond. Errors: kFieldInvalid outside the years 1 to 9999.
Result<Time> FromProto(std::string_view field, const google::protobuf::Timestamp& timestamp);

}  // namespace homeward
