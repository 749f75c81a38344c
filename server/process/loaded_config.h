// The configuration as it results from flags, environment, file and defaults.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "matcher/error.h"
#include "server/process/config.h"

namespace homeward {

// Where values come from, the first wins: flags, environment, file, defaults.
struct ConfigSources {
  std::map<std::string, std::string> flags;        // key -> value
  std::map<std::string, std::string> environment;  // variable -> value, of the whole process
  std::optional<std::filesystem::path> file;       // else $HOMEWARD_CONFIG, else none
};

struct LoadedConfig {
  Config config;
  std::map<std::string, std::string>
      origins;  // key -> "flag", "environment", "FILE:LINE", "default"
};

// Paths in the file are relative to its folder. Errors: kConfigInvalid (metadata `key`, and
// `nearest` for a key that does not exist).
Result<LoadedConfig> LoadConfig(const ConfigSources& sources);

// One line a key, as it would stand in a file, with its origin.
std::string Describe(const LoadedConfig& loaded);

// The environment of this process.
std::map<std::string, std::string> ProcessEnvironment();

}  // namespace homeward
