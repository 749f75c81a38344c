#include "server/process/loaded_config.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "server/process/config_key.h"
#include "tests/testing/temporary_folder.h"

namespace homeward::testing {
namespace {

using ::testing::HasSubstr;

class LoadedConfigTest : public ::testing::Test {
 protected:
  std::filesystem::path Write(const std::string& text) {
    auto file = folder_.path() / "homeward.toml";
    std::ofstream(file) << text;
    return file;
  }
  // With what every configuration needs.
  static ConfigSources Sources() {
    return {
        .flags = {{"manifest", "/m.json"}}, .environment = {{"HOME", "/home/keeper"}}, .file = {}};
  }
  Result<LoadedConfig> LoadFile(const std::string& text) {
    auto sources = Sources();
    sources.file = Write(text);
    return LoadConfig(sources);
  }

  TemporaryFolder folder_;
};

TEST_F(LoadedConfigTest, HasADefaultForEverythingButTheManifest) {
  const auto loaded = LoadConfig(Sources());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->config.data, "/home/keeper/.local/share/homeward");
  EXPECT_EQ(loaded->config.weights, "/home/keeper/.cache/homeward/weights");
  EXPECT_EQ(loaded->config.listen, "127.0.0.1:50450");
  EXPECT_EQ(loaded->config.calls_deadline_seconds, 30);
  const auto without = LoadConfig({});
  ASSERT_FALSE(without);
  EXPECT_THAT(without.error().message, HasSubstr("--manifest"));
}

TEST_F(LoadedConfigTest, TakesFlagsBeforeEnvironmentBeforeFileBeforeDefaults) {
  auto sources = Sources();
  sources.file = Write(
      "[work]\nthreads = 3\ninteractive_waiting = 3\nfamily_waiting = 3\n[log]\nlevel = 'warn'\n");
  sources.environment["HOMEWARD_WORK_THREADS"] = "4";
  sources.environment["HOMEWARD_WORK_INTERACTIVE_WAITING"] = "4";
  sources.flags["work.threads"] = "5";
  const auto loaded = LoadConfig(sources);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->config.work_threads, 5);
  EXPECT_EQ(loaded->config.work_interactive_waiting, 4);
  EXPECT_EQ(loaded->config.work_family_waiting, 3);
  EXPECT_EQ(loaded->config.work_bulk_waiting, 64);
  EXPECT_EQ(loaded->origins.at("work.threads"), "flag");
  EXPECT_EQ(loaded->origins.at("work.interactive_waiting"), "environment");
  EXPECT_THAT(loaded->origins.at("work.family_waiting"), HasSubstr("homeward.toml:4"));
  EXPECT_EQ(loaded->origins.at("work.bulk_waiting"), "default");
}

TEST_F(LoadedConfigTest, TakesEveryKeyFromEachSource) {
  for (const ConfigKey& key : ConfigKeys()) {
    const std::string name(key.name);
    std::string value = "/x";
    if (std::holds_alternative<int Config::*>(key.member)) value = "9";
    if (name == "listen") value = "127.0.0.1:9";
    if (name == "log.level") value = "debug";
    if (name == "models.embedder") value = "dlib";
    auto by_flag = Sources();
    by_flag.flags[name] = value;
    // Of two keys that bound each other.
    if (name == "work.lower_running") by_flag.flags["work.threads"] = "10";
    auto by_variable = by_flag;
    by_variable.flags.erase(name);
    by_variable.environment[key.Variable()] = value;
    auto by_file = by_flag;
    by_file.flags.erase(name);
    const bool is_number = value == "9";
    const auto dot = name.find('.');
    by_file.file = Write((dot == std::string::npos
                              ? name
                              : "[" + name.substr(0, dot) + "]\n" + name.substr(dot + 1)) +
                         " = " + (is_number ? value : "'" + value + "'") + "\n");
    for (const auto& sources : {by_flag, by_variable, by_file}) {
      const auto loaded = LoadConfig(sources);
      ASSERT_TRUE(loaded) << name << ": " << loaded.error().message;
      EXPECT_EQ(key.ValueIn(loaded->config), is_number ? value : "\"" + value + "\"") << name;
    }
  }
}

TEST_F(LoadedConfigTest, RefusesAnUnknownKeyAndNamesTheNearest) {
  const auto of_file = LoadFile("[work]\nthread = 3\n");
  ASSERT_FALSE(of_file);
  EXPECT_EQ(of_file.error().reason, Reason::kConfigInvalid);
  EXPECT_EQ(of_file.error().metadata.at("nearest"), "work.threads");
  EXPECT_THAT(of_file.error().message, HasSubstr("homeward.toml:2"));
  const auto of_table = LoadFile("[wrk]\nthreads = 3\n");
  ASSERT_FALSE(of_table);
  EXPECT_EQ(of_table.error().metadata.at("nearest"), "work.threads");
}

TEST_F(LoadedConfigTest, RefusesAVariableThatLooksLikeASlipAndLeavesOthersAlone) {
  for (const auto* slip : {"HOMEWARD_WORK_TREADS", "HOMEWARD_LISTN", "HOMEWARD_LOG_FORMAT"}) {
    auto sources = Sources();
    sources.environment[slip] = "1";
    const auto loaded = LoadConfig(sources);
    ASSERT_FALSE(loaded) << slip;
    EXPECT_TRUE(loaded.error().metadata.at("nearest").starts_with("HOMEWARD_")) << slip;
  }
  for (const auto* foreign :
       {"HOMEWARD_FACES", "HOMEWARD_CACHE", "HOMEWARD_SERVER", "WORK_THREADS"}) {
    auto sources = Sources();
    sources.environment[foreign] = "1";
    EXPECT_TRUE(LoadConfig(sources)) << foreign;
  }
}

TEST_F(LoadedConfigTest, SaysWhereAValueIsWrongAndWhatIsExpected) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"[work]\nthreads = 'many'\n", "number"},
      {"[work]\nthreads = 100000\n", "from 0 to 256"},
      {"[work]\nthreads = 1\n", "at least 2"},
      {"[work]\nthreads = 2\nlower_running = 2\n", "work.threads"},
      {"[work]\nbulk_waiting = 7\n", "from 8"},
      {"[log]\nlevel = 'loud'\n", "debug, info"},
      {"listen = 5\n", "quotation marks"},
      {"listen = ''\n", "set to something"},
      {"listen = '0.0.0.0:1'\n", "loopback"},
      {"listen = 1.5\n", "whole number"},
      {"listen = \n", "homeward.toml:1"},
      {"a.b.c = 1\n", "a.b"}};
  for (const auto& [text, expected] : cases) {
    const auto loaded = LoadFile(text);
    ASSERT_FALSE(loaded) << text;
    EXPECT_EQ(loaded.error().reason, Reason::kConfigInvalid) << text;
    EXPECT_THAT(loaded.error().message, HasSubstr(expected)) << text;
  }
  auto sources = Sources();
  sources.environment["HOMEWARD_WORK_THREADS"] = "3x";
  EXPECT_THAT(LoadConfig(sources).error().message, HasSubstr("whole number"));
  sources = Sources();
  sources.file = folder_.path() / "absent.toml";
  EXPECT_THAT(LoadConfig(sources).error().message, HasSubstr("absent.toml"));
}

TEST_F(LoadedConfigTest, ReadsPathsOfTheFileFromItsFolder) {
  const auto loaded = LoadFile("data = 'kept'\nweights = '/absolute'\n");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->config.data, folder_.path() / "kept");
  EXPECT_EQ(loaded->config.weights, "/absolute");
}

TEST_F(LoadedConfigTest, FindsTheFileThatTheEnvironmentNames) {
  auto sources = Sources();
  sources.environment["HOMEWARD_CONFIG"] = Write("[log]\nlevel = 'error'\n").string();
  const auto loaded = LoadConfig(sources);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->config.log_level, "error");
}

TEST_F(LoadedConfigTest, KnowsTwoWaysToComputeDlibsNetwork) {
  EXPECT_EQ(LoadFile("models.embedder = 'dlib'\n")->config.models_embedder, "dlib");
  EXPECT_THAT(LoadFile("models.embedder = 'fast'\n").error().message, HasSubstr("auto or dlib"));
}

TEST_F(LoadedConfigTest, DescribesEveryKeyInAFormThatItReadsAgain) {
  auto sources = Sources();
  sources.flags["work.threads"] = "7";
  const auto loaded = LoadConfig(sources);
  ASSERT_TRUE(loaded);
  const auto again = LoadFile(Describe(*loaded));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->config.work_threads, 7);
  EXPECT_EQ(again->config.data, loaded->config.data);
}

// docs/configuration.md has a row for each key, with its three names and its default.
TEST_F(LoadedConfigTest, IsDocumentedKeyByKey) {
  std::ifstream file(HOMEWARD_SOURCE_DIR "/docs/configuration.md");
  const std::string document((std::istreambuf_iterator<char>(file)),
                             std::istreambuf_iterator<char>());
  for (const ConfigKey& key : ConfigKeys()) {
    std::string value = key.ValueIn(Config());
    if (value == "\"\"") value = "";  // depends on the machine; told in words
    EXPECT_THAT(document,
                HasSubstr("| `" + std::string(key.name) + "` | `" + key.Flag() + "` | `" +
                          key.Variable() + "` | " + (value.empty() ? "" : "`" + value + "` | ")))
        << "or its default";
  }
}

}  // namespace
}  // namespace homeward::testing
