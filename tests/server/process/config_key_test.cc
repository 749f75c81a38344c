#include "server/process/config_key.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace homeward::testing {
namespace {

using ::testing::HasSubstr;

TEST(ConfigKeyTest, HasANameAFlagAndAVariableOfItsOwn) {
  std::set<std::string> names;
  for (const ConfigKey& key : ConfigKeys()) {
    EXPECT_TRUE(names.insert(std::string(key.name)).second) << key.name;
    EXPECT_TRUE(names.insert(key.Flag()).second) << key.name;
    EXPECT_TRUE(names.insert(key.Variable()).second) << key.name;
    EXPECT_EQ(FindConfigKey(key.name), &key);
  }
  EXPECT_EQ(FindConfigKey("work"), nullptr);
  EXPECT_EQ(FindConfigKey(""), nullptr);
}

// A default that its own key refuses could not be written down in a file.
TEST(ConfigKeyTest, TakesItsOwnDefault) {
  for (const ConfigKey& key : ConfigKeys()) {
    Config config;
    const auto* const number = std::get_if<int Config::*>(&key.member);
    if (number == nullptr) continue;
    EXPECT_TRUE(key.SetNumber(config, Config().**number, "test")) << key.name;
  }
}

RC_GTEST_PROP(ConfigKeyTest, TakesNumbersWithinItsBoundsAndLeavesTheConfigurationAtOthers,
              (std::int64_t any, bool near)) {
  for (const ConfigKey& key : ConfigKeys()) {
    const auto* const member = std::get_if<int Config::*>(&key.member);
    if (member == nullptr) continue;
    const std::int64_t number = near ? any % 20'000 : any;
    const bool within = number >= key.min && number <= key.max;
    Config config;
    const auto set = key.SetWord(config, std::to_string(number), "flag");
    RC_ASSERT(set.has_value() == within);
    const int expected = within ? static_cast<int>(number) : Config().**member;
    RC_ASSERT((config.**member) == expected);
  }
}

TEST(ConfigKeyTest, RefusesNumbersThatAreWrittenAnyOtherWay) {
  const ConfigKey& key = *FindConfigKey("calls.deadline_seconds");
  for (const auto* word :
       {"", " 5", "5 ", "+5", "5s", "0x5", "5.0", "99999999999999999999", "五"}) {
    Config config;
    const auto set = key.SetWord(config, word, "flag");
    ASSERT_FALSE(set) << word;
    EXPECT_EQ(set.error().reason, Reason::kConfigInvalid);
    EXPECT_EQ(set.error().metadata.at("key"), "calls.deadline_seconds");
    EXPECT_THAT(set.error().message, HasSubstr("from 1 to 3600")) << word;
    EXPECT_EQ(config.calls_deadline_seconds, Config().calls_deadline_seconds);
  }
}

TEST(ConfigKeyTest, ReadsARelativePathFromTheFolderGivenAndAnAbsoluteOneAsItIs) {
  const ConfigKey& key = *FindConfigKey("data");
  Config config;
  ASSERT_TRUE(key.SetText(config, "kept/here", "file", "/etc/homeward"));
  EXPECT_EQ(config.data, "/etc/homeward/kept/here");
  ASSERT_TRUE(key.SetText(config, "/elsewhere", "file", "/etc/homeward"));
  EXPECT_EQ(config.data, "/elsewhere");
  ASSERT_TRUE(key.SetWord(config, "beside", "flag"));
  EXPECT_EQ(config.data, "beside");
}

}  // namespace
}  // namespace homeward::testing
