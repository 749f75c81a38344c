#include "server/api/date_proto.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/testing/reasons.h"

namespace homeward {
namespace {

using namespace homeward::testing;

constexpr std::int64_t kFirst = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kLast = 253'402'300'799;   // 9999-12-31T23:59:59Z

google::protobuf::Timestamp TimestampOf(std::int64_t seconds, int nanos) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(nanos);
  return timestamp;
}

RC_GTEST_PROP(DateProtoTest, CarriesEveryTimeToTheMicrosecond, ()) {
  const auto seconds = *rc::gen::inRange(kFirst, kLast + 1);
  const auto micros = *rc::gen::inRange(0, 1'000'000);
  const Time time{std::chrono::seconds(seconds) + std::chrono::microseconds(micros)};
  const auto timestamp = ToProto(time);
  RC_ASSERT(timestamp.nanos() >= 0 && timestamp.nanos() < 1'000'000'000);
  RC_ASSERT(FromProto("time", timestamp).value() == time);
}

TEST(DateProtoTest, HoldsToTheYearsOfTheContract) {
  EXPECT_TRUE(FromProto("time", TimestampOf(kFirst, 0)));
  EXPECT_TRUE(FromProto("time", TimestampOf(kLast, 999'999'999)));
  for (const auto& [seconds, nanos] :
       {std::pair{kFirst - 1, 0}, std::pair{kLast + 1, 0}, std::pair{std::int64_t{0}, -1},
        std::pair{std::int64_t{0}, 1'000'000'000}, std::pair{INT64_MIN, 0}, std::pair{INT64_MAX, 0},
        std::pair{std::int64_t{0}, INT32_MIN}}) {
    const auto read = FromProto("record.stranded.found_time", TimestampOf(seconds, nanos));
    ASSERT_EQ(ReasonOf(read), Reason::kFieldInvalid) << seconds;
    EXPECT_EQ(read.error().metadata.at("field"), "record.stranded.found_time");
  }
}

RC_GTEST_PROP(DateProtoTest, CarriesADateAsItStandsForTheDomainToJudge,
              (int year, int month, int day)) {
  const Date date{year, month, day};
  RC_ASSERT(FromProto(ToProto(date)) == date);
}

// Whatever stands there: judged, never taken for a day of the calendar.
RC_GTEST_PROP(DateProtoTest, IsOnTheCalendarOrIsNot, (int year)) {
  const Date date{*rc::gen::element(year, 1799, 1800, 2024, 9999, 10000), *rc::gen::inRange(-2, 15),
                  *rc::gen::inRange(-2, 34)};
  if (IsValid(date)) RC_ASSERT(FirstDay(date) <= LastDay(date));
}

}  // namespace
}  // namespace homeward
