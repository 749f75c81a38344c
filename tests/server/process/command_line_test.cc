#include "server/process/command_line.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "server/process/config_key.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;
using Command = CommandLine::Command;

Result<CommandLine> Parse(const std::vector<const char*>& arguments) {
  return ParseCommandLine(arguments);
}

TEST(CommandLineTest, ReadsWhatToServe) {
  const auto line = Parse({"serve", "--data", "/d", "--listen=127.0.0.1:0", "--work-threads", "4"});
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->command, Command::kServe);
  EXPECT_THAT(line->sources.flags,
              UnorderedElementsAre(Pair("data", "/d"), Pair("listen", "127.0.0.1:0"),
                                   Pair("work.threads", "4")));
  EXPECT_FALSE(line->sources.file);
}

TEST(CommandLineTest, KnowsAFlagForEachKey) {
  for (const ConfigKey& key : ConfigKeys()) {
    const std::string flag = key.Flag();
    const auto line = Parse({"config", "check", flag.c_str(), "v"});
    ASSERT_TRUE(line) << flag;
    EXPECT_EQ(line->command, Command::kConfigCheck);
    EXPECT_THAT(line->sources.flags, ElementsAre(Pair(std::string(key.name), "v")));
  }
}

TEST(CommandLineTest, TakesTheLastOfAFlagGivenTwice) {
  const auto line = Parse({"serve", "--listen", "a", "--listen", "b", "--config", "f"});
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->sources.flags.at("listen"), "b");
  EXPECT_EQ(line->sources.file, "f");
}

TEST(CommandLineTest, RefusesAnUnknownFlagAndNamesTheNearest) {
  for (const auto& arguments : std::vector<std::vector<const char*>>{
           {"serve", "--lisen", "127.0.0.1:0"}, {"serve", "--lisen=127.0.0.1:0"}}) {
    const auto line = Parse(arguments);
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().reason, Reason::kConfigInvalid);
    EXPECT_THAT(line.error().message, HasSubstr("--listen"));
  }
}

TEST(CommandLineTest, ReadsWhatToCalibrate) {
  const auto line = Parse({"calibrate", "set.tsv", "--fpir", "0.01", "--name", "station-2026",
                           "--data", "our own", "--cache", "/c", "--json", "--weights", "/w"});
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->command, Command::kCalibrate);
  EXPECT_EQ(line->calibration.set, "set.tsv");
  EXPECT_EQ(line->calibration.fpir, 0.01);
  EXPECT_EQ(line->calibration.name, "station-2026");
  EXPECT_EQ(line->calibration.data, "our own");
  EXPECT_EQ(line->calibration.cache, "/c");
  EXPECT_TRUE(line->calibration.only_json);
  EXPECT_EQ(line->sources.flags.at("weights"), "/w");
  EXPECT_FALSE(Parse({"calibrate", "set.tsv", "--fpir", "0.01"}))
      << "an operating point has a name";
  EXPECT_FALSE(Parse({"calibrate", "set.tsv", "--name", "a"})) << "it promises something";
  EXPECT_FALSE(Parse({"calibrate", "set.tsv", "--name", "a", "--fpir", "often"}));
}

TEST(CommandLineTest, RefusesWhatIsNoCommand) {
  EXPECT_FALSE(Parse({}));
  EXPECT_FALSE(Parse({"sevre"}));
  EXPECT_FALSE(Parse({"config"}));
  EXPECT_FALSE(Parse({"serve", "--data"}));
}

TEST(CommandLineTest, ReadsWhatToEvaluateAndWhatToLeaveOut) {
  const auto plain = Parse({"evaluate", "set.tsv"});
  ASSERT_TRUE(plain) << plain.error().message;
  EXPECT_EQ(plain->command, Command::kEvaluate);
  EXPECT_FALSE(plain->evaluation.single_photo || plain->evaluation.no_normalise);
  EXPECT_THAT(plain->evaluation.spaces, IsEmpty());
  const auto line = Parse({"evaluate", "--single-photo", "--no-normalise", "--spaces", "a+b,c",
                           "set.tsv", "--html", "page.html"});
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->evaluation.set, "set.tsv");
  EXPECT_EQ(line->evaluation.html, "page.html");
  EXPECT_TRUE(line->evaluation.single_photo && line->evaluation.no_normalise);
  EXPECT_THAT(line->evaluation.spaces, ElementsAre("a+b", "c"));
}

// The manual of the command line tells of the flags of `evaluate`, which it passes on.
TEST(CommandLineTest, EvaluatesWithTheFlagsThatTheManualTells) {
  std::ifstream file(HOMEWARD_SOURCE_DIR "/docs/homeward.1.md");
  std::string manual((std::istreambuf_iterator<char>(file)), {});
  manual.erase(0, manual.find("\nEvaluation, read by `homewardd`:"));
  manual.erase(manual.find("\nOf single commands:"));
  std::vector<std::string> told;
  for (std::size_t at = 0; (at = manual.find("| `--", at)) != std::string::npos;) {
    at += 3;
    told.push_back(manual.substr(at, manual.find('`', at) - at));
  }
  std::vector<std::string> read;
  std::istringstream help(Parse({"evaluate", "--help"})->help);
  for (std::string word; help >> word;) {
    if (!word.starts_with("--") || word == "--help" || word == "--config") continue;
    if (std::ranges::find(ConfigKeys(), word, &ConfigKey::Flag) == ConfigKeys().end()) {
      read.push_back(word);
    }
  }
  EXPECT_THAT(told, UnorderedElementsAreArray(read));
}

TEST(CommandLineTest, HelpsAndTellsItsVersion) {
  const auto help = Parse({"--help"});
  ASSERT_TRUE(help);
  EXPECT_EQ(help->command, Command::kHelp);
  EXPECT_THAT(help->help, HasSubstr("serve"));
  EXPECT_THAT(Parse({"serve", "--help"})->help, HasSubstr("--listen"));
  EXPECT_EQ(Parse({"version"})->command, Command::kVersion);
}

}  // namespace
}  // namespace homeward
