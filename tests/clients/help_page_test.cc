#include "clients/cli/help_page.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string_view>

#include "tests/clients/program_run.h"

namespace homeward::client {
namespace {

using ::testing::HasSubstr;

const std::vector<std::vector<std::string>> kCommands = {{},
                                                         {"enrol"},
                                                         {"search"},
                                                         {"compare"},
                                                         {"record", "show"},
                                                         {"record", "list"},
                                                         {"record", "update"},
                                                         {"record", "erase"},
                                                         {"photo", "add"},
                                                         {"photo", "get"},
                                                         {"search-log"},
                                                         {"calibrate"},
                                                         {"operating-point", "list"},
                                                         {"operating-point", "show"},
                                                         {"operating-point", "activate"},
                                                         {"space", "list"},
                                                         {"health"}};

// Words of the form --name.
std::set<std::string> OptionsIn(const std::string& text) {
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  std::set<std::string> options;
  for (auto at = text.find("--"); at != std::string::npos; at = text.find("--", at + 2)) {
    const auto end =
        std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at), text.size());
    if (at + 2 < end && kLetters.contains(text[at + 2])) options.insert(text.substr(at, end - at));
  }
  return options;
}

class HelpPageTest : public ProgramTest {
 protected:
  std::string HelpOf(std::vector<std::string> words, const std::string& language = "en") {
    words.insert(words.end(), {"--help", "--lang", language});
    return Run(words).out;
  }
};

// docs/homeward.1.md names every command and option that there is, and no other; but for those that
// another program reads (tests/server/process/command_line_test.cc).
TEST_F(HelpPageTest, SaysWhatTheManualSays) {
  std::ifstream file(HOMEWARD_SOURCE_DIR "/docs/homeward.1.md");
  std::string manual((std::istreambuf_iterator<char>(file)), {});
  const std::size_t others = manual.find("\nEvaluation, read by `homewardd`:");
  ASSERT_NE(others, std::string::npos);
  manual.erase(others, manual.find("\nOf single commands:") - others);
  manual.erase(manual.find("\nMeasure how well"),
               manual.find("\nLook at the face") - manual.find("\nMeasure how well"));
  std::set<std::string> options;
  for (const auto& command : kCommands) {
    options.merge(OptionsIn(HelpOf(command)));
    std::string name;
    for (const std::string& word : command) name += (name.empty() ? "" : " ") + word;
    if (name.empty()) continue;
    EXPECT_THAT(manual, HasSubstr("\n**" + name + "**")) << "command";
  }
  EXPECT_EQ(OptionsIn(manual), options);
}

TEST_F(HelpPageTest, NamesTheSameOptionsInBothLanguages) {
  for (const auto& command : kCommands) {
    EXPECT_EQ(OptionsIn(HelpOf(command, "zh")), OptionsIn(HelpOf(command, "en")));
  }
}

TEST_F(HelpPageTest, PutsADescriptionBelowItsOptionWhereThereIsNoRoomBeside) {
  width_ = 100;
  EXPECT_THAT(HelpOf({"search"}), HasSubstr("  --top N                     So many candidates"));
  width_ = 40;
  EXPECT_THAT(HelpOf({"search"}), HasSubstr("  --top N\n    So many candidates, up to 200\n"));
}

}  // namespace
}  // namespace homeward::client
