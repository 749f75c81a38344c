#include "clients/screen/time_text.h"

#include <fmt/format.h>

#include <ctime>

namespace homeward::client {

std::string DateText(const google::type::Date& date) {
  std::string text = fmt::format("{:04}", date.year());
  if (date.month() != 0) text += fmt::format("-{:02}", date.month());
  if (date.day() != 0) text += fmt::format("-{:02}", date.day());
  return text;
}

std::string LocalTimeText(const google::protobuf::Timestamp& time) {
  const std::time_t seconds = time.seconds();
  std::tm parts{};
  if (localtime_r(&seconds, &parts) == nullptr) return "";
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min);
}

}  // namespace homeward::client
