// The keys of the configuration: the only such list. Files, flags and variables are read by it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "matcher/error.h"
#include "server/process/config.h"

namespace homeward {

// A key of the configuration. In the file it is `name`, the part before the dot a table; as a flag
// --work-threads; in the environment HOMEWARD_WORK_THREADS.
struct ConfigKey {
  using Member =
      std::variant<std::filesystem::path Config::*, std::string Config::*, int Config::*>;

  std::string_view name;  // "work.threads"
  Member member;
  std::string_view meaning;
  int min = std::numeric_limits<int>::min();  // of a number
  int max = std::numeric_limits<int>::max();

  std::string Flag() const;
  std::string Variable() const;

  // Sets the member from text (`base`: what a relative path is relative to), from a number, or from
  // a word of a command line, where numbers are text too. Errors: kConfigInvalid (metadata `key`),
  // saying what is expected and that it stands at `origin`. Text may be empty only where the
  // default is.
  Result<void> SetText(Config& config, const std::string& value, std::string_view origin,
                       const std::filesystem::path& base) const;
  Result<void> SetNumber(Config& config, std::int64_t value, std::string_view origin) const;
  Result<void> SetWord(Config& config, const std::string& word, std::string_view origin) const;
  std::unexpected<Error> Refuse(std::string_view origin, std::string_view expected) const;
  // The member as it would stand in a file.
  std::string ValueIn(const Config& config) const;
};

std::span<const ConfigKey> ConfigKeys();
// Null where there is none.
const ConfigKey* FindConfigKey(std::string_view name);

}  // namespace homeward
