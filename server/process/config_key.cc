#include "server/process/config_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace homeward {
namespace {

constexpr std::string_view kVariablePrefix = "HOMEWARD_";

constexpr int kMostThreads = 256;
constexpr int kMostWaiting = 10'000;
// A stream reserves eight places.
constexpr int kLeastBulkWaiting = 8;

constexpr std::array kKeys{
    ConfigKey{"data", &Config::data, "folder of everything that is kept; one service at a time"},
    ConfigKey{"listen", &Config::listen, "address, on loopback; port 0 takes a free one"},
    ConfigKey{"weights", &Config::weights, "folder of the files that the model manifest names"},
    ConfigKey{"manifest", &Config::manifest, "the model manifest, models/manifest.json"},
    ConfigKey{"models.spaces", &Config::models_spaces,
              "the spaces of the model manifest that templates are made in, with commas; none: the "
              "manifest's first"},
    ConfigKey{
        "models.embedder", &Config::models_embedder,
        "who computes dlib's networks: auto (oneDNN where it may stand in, else dlib) or dlib"},
    ConfigKey{"work.threads", &Config::work_threads, "threads for calls; 0: one more than cores", 0,
              kMostThreads},
    ConfigKey{"work.analyzers", &Config::work_analyzers,
              "photos analysed at a time, each with networks of its own; 0: one a core", 0,
              kMostThreads},
    ConfigKey{
        "work.lower_running", &Config::work_lower_running,
        "threads that family and bulk work may take together, fewer than work.threads; 0: all "
        "but one",
        0, kMostThreads},
    ConfigKey{"work.interactive_waiting", &Config::work_interactive_waiting,
              "calls of staff that may wait for a thread; one more is refused", 1, kMostWaiting},
    ConfigKey{"work.family_waiting", &Config::work_family_waiting,
              "calls of class family that may wait for a thread", 1, kMostWaiting},
    ConfigKey{"work.bulk_waiting", &Config::work_bulk_waiting,
              "calls of class bulk that may wait for a thread; a stream takes 8 of these places",
              kLeastBulkWaiting, kMostWaiting},
    ConfigKey{"jobs.search_again_days", &Config::jobs_search_again_days,
              "days after which every open record is searched with again; 0: never", 0, 3650},
    ConfigKey{"calls.deadline_seconds", &Config::calls_deadline_seconds,
              "seconds that a call may take whose caller sets no deadline", 1, 3600},
    ConfigKey{"calls.drain_seconds", &Config::calls_drain_seconds,
              "seconds that running calls may take when the service is asked to stop", 0, 3600},
    ConfigKey{"log.level", &Config::log_level, "debug, info, warn or error"},
};

}  // namespace

std::span<const ConfigKey> ConfigKeys() { return kKeys; }

const ConfigKey* FindConfigKey(std::string_view name) {
  const auto found = std::ranges::find(kKeys, name, &ConfigKey::name);
  return found == kKeys.end() ? nullptr : &*found;
}

std::string ConfigKey::Flag() const {
  std::string flag = "--" + std::string(name);
  std::ranges::replace(flag, '.', '-');
  std::ranges::replace(flag, '_', '-');
  return flag;
}

std::string ConfigKey::Variable() const {
  std::string variable(kVariablePrefix);
  for (const char letter : name) {
    variable +=
        letter == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  return variable;
}

std::unexpected<Error> ConfigKey::Refuse(std::string_view origin, std::string_view expected) const {
  return Fail(Reason::kConfigInvalid, fmt::format("{}: `{}` must be {}.", origin, name, expected),
              {{"key", std::string(name)}});
}

Result<void> ConfigKey::SetText(Config& config, const std::string& value, std::string_view origin,
                                const std::filesystem::path& base) const {
  if (std::holds_alternative<int Config::*>(member)) {
    return Refuse(origin, "a number, without quotation marks");
  }
  const auto* const text = std::get_if<std::string Config::*>(&member);
  const bool may_be_empty = text != nullptr && (Config().**text).empty();
  if (value.empty() && !may_be_empty) return Refuse(origin, "set to something");
  if (const auto* const path = std::get_if<std::filesystem::path Config::*>(&member)) {
    config.** path = base / value;
  } else {
    config.** text = value;
  }
  return {};
}

Result<void> ConfigKey::SetNumber(Config& config, std::int64_t value,
                                  std::string_view origin) const {
  const auto* const number = std::get_if<int Config::*>(&member);
  if (number == nullptr) return Refuse(origin, "text, in quotation marks");
  if (value < min || value > max) {
    return Refuse(origin, fmt::format("a whole number from {} to {}", min, max));
  }
  config.** number = static_cast<int>(value);
  return {};
}

Result<void> ConfigKey::SetWord(Config& config, const std::string& word,
                                std::string_view origin) const {
  if (!std::holds_alternative<int Config::*>(member)) return SetText(config, word, origin, {});
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (problem != std::errc() || end != word.data() + word.size()) {
    return Refuse(origin, fmt::format("a whole number from {} to {}", min, max));
  }
  return SetNumber(config, number, origin);
}

std::string ConfigKey::ValueIn(const Config& config) const {
  if (const auto* const number = std::get_if<int Config::*>(&member)) {
    return std::to_string(config.**number);
  }
  if (const auto* const path = std::get_if<std::filesystem::path Config::*>(&member)) {
    return fmt::format("\"{}\"", (config.**path).string());
  }
  return fmt::format("\"{}\"", config.*std::get<std::string Config::*>(member));
}

}  // namespace homeward
