#include "server/process/config_file.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/testing/temporary_folder.h"

namespace homeward::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ConfigFileTest : public ::testing::Test {
 protected:
  Result<std::vector<ConfigFileEntry>> Read(const std::string& text) {
    std::ofstream(file_, std::ios::binary) << text;
    return ReadConfigFile(file_);
  }

  TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "homeward.toml";
};

TEST_F(ConfigFileTest, MayBeEmptyOrHoldNothingButComments) {
  for (const auto* text : {"", "\n", "# nothing yet\n", "[work]\n"}) {
    const auto entries = Read(text);
    ASSERT_TRUE(entries) << '"' << text << "\": " << entries.error().message;
    EXPECT_THAT(*entries, IsEmpty());
  }
}

TEST_F(ConfigFileTest, NamesTheKeyAndTheLineOfEveryValue) {
  const auto entries = Read("data = '/数据'\r\n\r\n[work]\r\nthreads = -3\r\n");
  ASSERT_TRUE(entries) << entries.error().message;
  EXPECT_THAT(*entries,
              ElementsAre(AllOf(Field(&ConfigFileEntry::key, "data"),
                                Field(&ConfigFileEntry::value,
                                      std::variant<std::string, std::int64_t>("/数据")),
                                Field(&ConfigFileEntry::origin, file_.string() + ":1")),
                          AllOf(Field(&ConfigFileEntry::key, "work.threads"),
                                Field(&ConfigFileEntry::value,
                                      std::variant<std::string, std::int64_t>(std::int64_t{-3})),
                                Field(&ConfigFileEntry::origin, file_.string() + ":4"))));
}

TEST_F(ConfigFileTest, RefusesWhatIsNeitherTextNorNumberWithItsLine) {
  for (const auto* value : {"true", "1.5", "[1, 2]", "2021-05-07", "[[1]]", "{ x = 1, y = { } }"}) {
    const auto entries = Read(std::string("\n[work]\nthreads = ") + value + "\n");
    ASSERT_FALSE(entries) << value;
    EXPECT_EQ(entries.error().reason, Reason::kConfigInvalid);
    EXPECT_THAT(entries.error().message,
                AllOf(HasSubstr("homeward.toml:3"), HasSubstr("`work.threads`")))
        << value;
  }
}

TEST_F(ConfigFileTest, RefusesWhatIsNotTomlAndNamesTheFile) {
  for (const std::string& text :
       {std::string("listen"), std::string("a = 1\na = 2\n"), std::string("\xff\xfe"),
        std::string("s = \"\xff\""), std::string("s = '"), std::string("n = 99999999999999999999"),
        std::string("[work\n"), std::string("s = \"\0\"", 7)}) {
    const auto entries = Read(text);
    ASSERT_FALSE(entries) << text;
    EXPECT_EQ(entries.error().reason, Reason::kConfigInvalid) << text;
    EXPECT_EQ(entries.error().metadata.at("file"), file_.string());
    EXPECT_THAT(entries.error().message, HasSubstr("homeward.toml:")) << text;
  }
}

TEST_F(ConfigFileTest, RefusesAFolderInItsPlaceInPlainWords) {
  const auto entries = ReadConfigFile(folder_.path());
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(entries.error().message,
              AllOf(HasSubstr(folder_.path().string()), HasSubstr("cannot be read")));
}

}  // namespace
}  // namespace homeward::testing
