#include "clients/cli/exit_code.h"

#include <array>
#include <string_view>
#include <utility>

namespace homeward::client {
namespace {

// Every reason that is not simply a failure.
constexpr std::array<std::pair<std::string_view, ExitCode>, 21> kCodes = {{
    {"FIELD_MISSING", ExitCode::kUsage},           {"FIELD_INVALID", ExitCode::kUsage},
    {"PURPOSE_MISSING", ExitCode::kUsage},         {"REGION_CODE_INVALID", ExitCode::kUsage},
    {"CITIZEN_ID_INVALID", ExitCode::kUsage},      {"PAGE_TOKEN_INVALID", ExitCode::kUsage},
    {"UPDATE_MASK_INVALID", ExitCode::kUsage},     {"REQUEST_ID_REUSED", ExitCode::kUsage},
    {"REQUEST_TOO_LARGE", ExitCode::kUsage},       {kServerNotLocal, ExitCode::kUsage},
    {"UNAUTHENTICATED", ExitCode::kNotAuthorised}, {kTokenUnreadable, ExitCode::kNotAuthorised},
    {kServerUnreachable, ExitCode::kUnreachable},  {kServerForeign, ExitCode::kUnreachable},
    {"SHUTTING_DOWN", ExitCode::kUnreachable},     {"STORE_UNAVAILABLE", ExitCode::kUnreachable},
    {"DEADLINE_EXCEEDED", ExitCode::kUnreachable}, {"QUEUE_FULL", ExitCode::kBusy},
    {kFileUnreadable, ExitCode::kLocalFile},       {kFileUnwritable, ExitCode::kLocalFile},
    {"CANCELLED", ExitCode::kInterrupted},
}};

}  // namespace

ExitCode ExitCodeOf(const ClientError& error) {
  for (const auto& [reason, code] : kCodes) {
    if (reason == error.reason) return code;
  }
  if (error.code == grpc::StatusCode::RESOURCE_EXHAUSTED && error.reason.empty()) {
    return ExitCode::kBusy;
  }
  return ExitCode::kFailed;
}

}  // namespace homeward::client
