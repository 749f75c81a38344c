#include <array>
#include <utility>

#include "clients/cli/argument_values.h"
#include "clients/cli/commands.h"
#include "clients/screen/code_point.h"

namespace homeward::client {
namespace {

UsageResult<void> CheckText(const char* option, const std::string& text) {
  if (IsUtf8(text)) return {};
  return std::unexpected(UsageError{Message::kUsageNotUtf8, {{"option", option}}});
}

}  // namespace

UsageResult<void> CheckTexts(const Arguments& arguments) {
  const std::array<std::pair<const char*, const std::optional<std::string>*>, 11> texts = {{
      {"--purpose", &arguments.purpose},
      {"--case", &arguments.case_reference},
      {"--request-id", &arguments.request_id},
      {"--name", &arguments.name},
      {"--accent", &arguments.accent},
      {"--features", &arguments.features},
      {"--place", &arguments.place},
      {"--reference", &arguments.source_reference},
      {"--etag", &arguments.etag},
      {"--reason", &arguments.reason},
      {"--data", &arguments.data},
  }};
  const std::array<std::pair<const char*, const std::vector<std::string>*>, 3> lists = {{
      {"--alias", &arguments.aliases},
      {"--region", &arguments.regions},
      {"--unit", &arguments.units},
  }};
  for (const auto& [option, text] : texts) {
    if (auto ok = CheckText(option, text->value_or("")); !ok) return ok;
  }
  for (const auto& [option, list] : lists) {
    for (const std::string& text : *list) {
      if (auto ok = CheckText(option, text); !ok) return ok;
    }
  }
  return {};
}

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
  if (auto ok = CheckText(prefix.c_str(), name); !ok) return std::unexpected(ok.error());
  return name.starts_with(prefix) ? name : prefix + name;
}

}  // namespace homeward::client
