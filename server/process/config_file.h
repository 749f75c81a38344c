// The configuration file: TOML, tables one level deep.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "matcher/error.h"

namespace homeward {

struct ConfigFileEntry {
  std::string key;  // "work.threads"
  std::variant<std::string, std::int64_t> value;
  std::string origin;  // "homeward.toml:3"
};

// In the order of the file's keys. Errors: kConfigInvalid: not readable, not TOML, or a value that
// is neither text nor a whole number.
Result<std::vector<ConfigFileEntry>> ReadConfigFile(const std::filesystem::path& file);

}  // namespace homeward
