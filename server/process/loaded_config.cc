#include "server/process/loaded_config.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "server/process/config_file.h"
#include "server/process/config_key.h"
#include "server/process/loopback.h"
#include "server/process/nearest_name.h"

namespace homeward {
namespace {

constexpr std::string_view kVariablePrefix = "HOMEWARD_";
constexpr const char* kFileVariable = "HOMEWARD_CONFIG";
// Farther away it is likely somebody else's variable and not a slip.
constexpr std::size_t kSlipDistance = 2;

using Words = std::map<std::string, std::string>;

std::unexpected<Error> UnknownKey(std::string_view name, std::string_view origin) {
  std::vector<std::string> names;
  for (const ConfigKey& key : ConfigKeys()) names.emplace_back(key.name);
  const std::string nearest = NearestName(name, names);
  return Fail(Reason::kConfigInvalid,
              fmt::format("{}: there is no `{}`; did you mean `{}`?", origin, name, nearest),
              {{"key", std::string(name)}, {"nearest", nearest}});
}

std::string ValueOf(const Words& words, const std::string& name) {
  const auto found = words.find(name);
  return found == words.end() ? std::string() : found->second;
}

void SetDefaults(const Words& environment, LoadedConfig& loaded) {
  const std::filesystem::path home = ValueOf(environment, "HOME");
  const std::filesystem::path data_home = ValueOf(environment, "XDG_DATA_HOME");
  const std::filesystem::path cache = ValueOf(environment, "HOMEWARD_CACHE");
  loaded.config.data = (data_home.empty() ? home / ".local/share" : data_home) / "homeward";
  loaded.config.weights = (cache.empty() ? home / ".cache/homeward" : cache) / "weights";
  for (const ConfigKey& key : ConfigKeys()) loaded.origins[std::string(key.name)] = "default";
}

Result<void> ApplyFile(const std::filesystem::path& file, LoadedConfig& loaded) {
  auto entries = ReadConfigFile(file);
  if (!entries) return std::unexpected(std::move(entries).error());
  for (const auto& [name, value, origin] : *entries) {
    const ConfigKey* const key = FindConfigKey(name);
    if (key == nullptr) return UnknownKey(name, origin);
    const auto* const number = std::get_if<std::int64_t>(&value);
    auto set = number != nullptr ? key->SetNumber(loaded.config, *number, origin)
                                 : key->SetText(loaded.config, std::get<std::string>(value), origin,
                                                file.parent_path());
    if (!set) return set;
    loaded.origins[name] = origin;
  }
  return {};
}

// A variable that looks like a slip: it begins like a key with a table, or is nearly a key.
Result<void> CheckVariable(const std::string& variable) {
  std::vector<std::string> known{kFileVariable};
  bool begins_like_a_table = false;
  for (const ConfigKey& key : ConfigKeys()) {
    known.push_back(key.Variable());
    const std::size_t dot = key.name.find('.');
    if (dot == std::string_view::npos) continue;
    begins_like_a_table |=
        variable.starts_with(known.back().substr(0, kVariablePrefix.size() + dot + 1));
  }
  const std::string nearest = NearestName(variable, known);
  const std::size_t distance = EditDistance(variable, nearest);
  if (distance == 0 || (distance > kSlipDistance && !begins_like_a_table)) return {};
  return Fail(Reason::kConfigInvalid,
              fmt::format("environment: there is no `{}`; did you mean `{}`?", variable, nearest),
              {{"key", variable}, {"nearest", nearest}});
}

Result<void> ApplyEnvironment(const Words& environment, LoadedConfig& loaded) {
  for (const auto& [variable, value] : environment) {
    if (!variable.starts_with(kVariablePrefix)) continue;
    if (auto checked = CheckVariable(variable); !checked) return checked;
    const auto key = std::ranges::find(ConfigKeys(), variable, &ConfigKey::Variable);
    if (key == ConfigKeys().end()) continue;
    if (auto set = key->SetWord(loaded.config, value, "environment"); !set) return set;
    loaded.origins[std::string(key->name)] = "environment";
  }
  return {};
}

Result<void> ApplyFlags(const Words& flags, LoadedConfig& loaded) {
  for (const auto& [name, value] : flags) {
    const ConfigKey* const key = FindConfigKey(name);
    if (key == nullptr) return UnknownKey(name, "flag");
    if (auto set = key->SetWord(loaded.config, value, "flag"); !set) return set;
    loaded.origins[name] = "flag";
  }
  return {};
}

Result<void> CheckTogether(const LoadedConfig& loaded) {
  const Config& config = loaded.config;
  const auto refuse = [&loaded](const char* name, std::string_view expected) {
    return FindConfigKey(name)->Refuse(loaded.origins.at(name), expected);
  };
  constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warn", "error"};
  constexpr std::array<std::string_view, 2> kEmbedders{"auto", "dlib"};
  if (std::ranges::find(kEmbedders, config.models_embedder) == kEmbedders.end()) {
    return refuse("models.embedder", "auto or dlib");
  }
  if (config.work_threads == 1) return refuse("work.threads", "0, or at least 2");
  if (config.work_threads > 0 && config.work_lower_running >= config.work_threads) {
    return refuse("work.lower_running", "less than work.threads, which leaves one to staff");
  }
  if (std::ranges::find(kLevels, config.log_level) == kLevels.end()) {
    return refuse("log.level", "debug, info, warn or error");
  }
  if (auto loopback = LoopbackAddress(config.listen); !loopback) {
    return std::unexpected(std::move(loopback).error());
  }
  if (config.manifest.empty()) {
    return refuse("manifest", "set: --manifest FILE, models/manifest.json of Homeward's sources");
  }
  return {};
}

}  // namespace

Result<LoadedConfig> LoadConfig(const ConfigSources& sources) {
  LoadedConfig loaded;
  SetDefaults(sources.environment, loaded);
  auto file = sources.file;
  const std::string named = ValueOf(sources.environment, kFileVariable);
  if (!file && !named.empty()) file = named;
  Result<void> applied;
  if (file) applied = ApplyFile(*file, loaded);
  if (applied) applied = ApplyEnvironment(sources.environment, loaded);
  if (applied) applied = ApplyFlags(sources.flags, loaded);
  if (applied) applied = CheckTogether(loaded);
  if (!applied) return std::unexpected(std::move(applied).error());
  return loaded;
}

std::string Describe(const LoadedConfig& loaded) {
  std::string text;
  for (const ConfigKey& key : ConfigKeys()) {
    text += fmt::format("{} = {}  # {}\n", key.name, key.ValueIn(loaded.config),
                        loaded.origins.at(std::string(key.name)));
  }
  return text;
}

std::map<std::string, std::string> ProcessEnvironment() {
  std::map<std::string, std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

}  // namespace homeward
