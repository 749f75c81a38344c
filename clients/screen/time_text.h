// Days and times in words and figures.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "google/type/date.pb.h"

namespace homeward::client {

// YYYY-MM-DD, or as much of it as is known: YYYY-MM, YYYY.
std::string DateText(const google::type::Date& date);

// YYYY-MM-DD HH:MM in the time zone of this machine.
std::string LocalTimeText(const google::protobuf::Timestamp& time);

}  // namespace homeward::client
