#include "server/service_log.h"

#include <gmock/gmock.h>

namespace homeward {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

CallReport Report() {
  CallReport report;
  report.method = "GetRecord";
  report.caller = "local";
  report.took = std::chrono::microseconds(12'345);
  report.waited = std::chrono::microseconds(1'000);
  report.request_bytes = 40;
  report.response_bytes = 1000;
  report.requests = 1;
  report.responses = 1;
  return report;
}

TEST(ServiceLogTest, WritesACallAsOneLineOfKeysAndValues) {
  EXPECT_EQ(LineOf(Report()),
            "call method=GetRecord caller=local code=OK took_ms=12.345 waited_ms=1.000 "
            "request_bytes=40 response_bytes=1000 requests=1 responses=1");
}

TEST(ServiceLogTest, NamesTheReasonOfAFailureAndAnUnknownCaller) {
  CallReport report = Report();
  report.caller.clear();
  report.failure = Reason::kUnauthenticated;
  EXPECT_THAT(LineOf(report), HasSubstr("caller=- code=UNAUTHENTICATED "));
}

TEST(ServiceLogTest, KeepsACauseOnItsLine) {
  const std::string line = LineOf(Incident{"abc", "GetRecord", "one\ntwo \"three\""});
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  EXPECT_EQ(line, "incident id=abc method=GetRecord cause=\"one two \\\"three\\\"\"");
}

TEST(ServiceLogTest, WritesToStandardErrorFromItsLevelOn) {
  ::testing::internal::CaptureStderr();
  StartLog("warn");
  LogInfo("quiet");
  LoggingSink().call(Report());
  LogError({Reason::kStoreFull, "The disk is full."});
  const std::string written = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(written, HasSubstr("error STORE_FULL: The disk is full.\n"));
  EXPECT_THAT(written, Not(HasSubstr("quiet")));
  EXPECT_THAT(written, Not(HasSubstr("GetRecord")));
}

}  // namespace
}  // namespace homeward
