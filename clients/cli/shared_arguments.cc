#include "clients/cli/argument_values.h"
#include "clients/cli/commands.h"

namespace homeward::client {

UsageResult<std::string> ReadPurpose(const Arguments& arguments) {
  if (arguments.purpose && !arguments.purpose->empty()) return *arguments.purpose;
  return std::unexpected(UsageError{Message::kUsagePurpose});
}

UsageResult<int> ReadTop(const Arguments& arguments) {
  if (!arguments.top) return 0;
  return ParseNumber("--top", *arguments.top, 1, kMostCandidates);
}

UsageResult<int> ReadLimit(const Arguments& arguments) {
  if (!arguments.limit) return kDefaultLimit;
  return ParseNumber("--limit", *arguments.limit, 1, kLargestLimit);
}

UsageResult<std::string> ReadName(const Arguments& arguments, const std::string& prefix) {
  if (arguments.subjects.empty()) {
    return std::unexpected(UsageError{Message::kUsageSubjectMissing, {{"subject", prefix + "…"}}});
  }
  if (arguments.subjects.size() > 1) {
    return std::unexpected(
        UsageError{Message::kUsageUnknown, {{"argument", arguments.subjects.at(1)}}});
  }
  const std::string& name = arguments.subjects.front();
  return name.starts_with(prefix) ? name : prefix + name;
}

}  // namespace homeward::client
