#include "server/process/config_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include "matcher/file_bytes.h"

namespace homeward {
namespace {

std::string OriginOf(const std::filesystem::path& file, const toml::source_region& source) {
  return fmt::format("{}:{}", file.string(), source.begin.line);
}

std::unexpected<Error> Refuse(std::string message, const std::filesystem::path& file) {
  return Fail(Reason::kConfigInvalid, std::move(message), {{"file", file.string()}});
}

Result<void> Collect(const toml::table& table, const std::string& prefix,
                     const std::filesystem::path& file, std::vector<ConfigFileEntry>& entries) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    const std::string origin = OriginOf(file, node.source());
    if (const auto* inner = node.as_table(); inner != nullptr && prefix.empty()) {
      if (auto collected = Collect(*inner, key + ".", file, entries); !collected) return collected;
    } else if (const auto* text = node.as_string()) {
      entries.push_back({key, text->get(), origin});
    } else if (const auto* number = node.as_integer()) {
      entries.push_back({key, number->get(), origin});
    } else {
      return Refuse(fmt::format("{}: `{}` is neither text nor a whole number.", origin, key), file);
    }
  }
  return {};
}

}  // namespace

Result<std::vector<ConfigFileEntry>> ReadConfigFile(const std::filesystem::path& file) {
  const auto text = ReadFileBytes(file);
  if (!text) {
    return Refuse(fmt::format("The configuration file {} cannot be read.", file.string()), file);
  }
  try {
    std::vector<ConfigFileEntry> entries;
    const toml::table table = toml::parse(*text, file.string());
    if (auto collected = Collect(table, "", file, entries); !collected) {
      return std::unexpected(std::move(collected).error());
    }
    return entries;
  } catch (const toml::parse_error& error) {
    return Refuse(fmt::format("{}: {}.", OriginOf(file, error.source()), error.description()),
                  file);
  }
}

}  // namespace homeward
