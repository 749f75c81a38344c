#include "server/api/date_proto.h"

#include "server/records/validation.h"

namespace homeward {

google::type::Date ToProto(const Date& date) {
  google::type::Date proto;
  proto.set_year(date.year);
  proto.set_month(date.month);
  proto.set_day(date.day);
  return proto;
}

Date FromProto(const google::type::Date& date) {
  return {.year = date.year(), .month = date.month(), .day = date.day()};
}

google::protobuf::Timestamp ToProto(Time time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  google::protobuf::Timestamp proto;
  proto.set_seconds(seconds.time_since_epoch().count());
  proto.set_nanos(static_cast<int>(std::chrono::nanoseconds(time - seconds).count()));
  return proto;
}

Result<Time> FromProto(std::string_view field, const google::protobuf::Timestamp& timestamp) {
  constexpr std::int64_t kFirst = -62'135'596'800;  // 0001-01-01T00:00:00Z
  constexpr std::int64_t kLast = 253'402'300'799;   // 9999-12-31T23:59:59Z
  if (timestamp.seconds() < kFirst || timestamp.seconds() > kLast || timestamp.nanos() < 0 ||
      timestamp.nanos() > 999'999'999) {
    return InvalidField(field, "must be a time of the years 1 to 9999");
  }
  return Time(std::chrono::seconds(timestamp.seconds()) +
              std::chrono::microseconds(timestamp.nanos() / 1000));
}

}  // namespace homeward
