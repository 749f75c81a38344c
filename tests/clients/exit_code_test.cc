#include "clients/cli/exit_code.h"

#include <gtest/gtest.h>

#include <map>

#include "homeward/v1/error_reason.pb.h"

namespace homeward::client {
namespace {

ExitCode CodeOf(std::string_view reason) {
  return ExitCodeOf({grpc::StatusCode::UNKNOWN, std::string(reason), ""});
}

// A program may repeat a command that ended with 4 or 5, and must not repeat one that ended with 1
// or 2: a new reason has to be put on the right side.
TEST(ExitCodeTest, TellsProgramsWhetherToRepeat) {
  const std::map<std::string, ExitCode> repeatable = {
      {"SHUTTING_DOWN", ExitCode::kUnreachable},     {"STORE_UNAVAILABLE", ExitCode::kUnreachable},
      {"DEADLINE_EXCEEDED", ExitCode::kUnreachable}, {"QUEUE_FULL", ExitCode::kBusy},
      {"CANCELLED", ExitCode::kInterrupted},         {"UNAUTHENTICATED", ExitCode::kNotAuthorised}};
  const auto& reasons = *v1::ErrorReason_descriptor();
  for (int index = 0; index < reasons.value_count(); ++index) {
    const std::string& reason = reasons.value(index)->name();
    const ExitCode code = CodeOf(reason);
    if (const auto known = repeatable.find(reason); known != repeatable.end()) {
      EXPECT_EQ(code, known->second) << reason;
    } else {
      EXPECT_TRUE(code == ExitCode::kFailed || code == ExitCode::kUsage) << reason;
    }
  }
}

TEST(ExitCodeTest, IsNeverSuccessForAnError) {
  for (int code = 0; code <= 16; ++code) {
    for (const char* reason : {"", "A_REASON_OF_NEXT_YEAR"}) {
      EXPECT_NE(ExitCodeOf({static_cast<grpc::StatusCode>(code), reason, ""}), ExitCode::kDone);
    }
  }
}

TEST(ExitCodeTest, TellsTroubleOnThisSideFromTroubleOnTheOther) {
  EXPECT_EQ(CodeOf(kServerNotLocal), ExitCode::kUsage);
  EXPECT_EQ(CodeOf(kServerForeign), ExitCode::kUnreachable);
  EXPECT_EQ(CodeOf(kTokenUnreadable), ExitCode::kNotAuthorised);
  EXPECT_EQ(CodeOf(kFileUnwritable), ExitCode::kLocalFile);
}

}  // namespace
}  // namespace homeward::client
