#include "server/process/data_folder.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/testing/temporary_folder.h"

namespace homeward::testing {
namespace {

using std::filesystem::perms;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class DataFolderTest : public ::testing::Test {
 protected:
  static perms PermissionsOf(const std::filesystem::path& path) {
    return std::filesystem::status(path).permissions();
  }
  static void Write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text;
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write);
  }

  TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "a" / "data";
};

TEST_F(DataFolderTest, MakesFolderAndSecretsForItsOwnerAlone) {
  const auto data = DataFolder::Open(path_);
  ASSERT_TRUE(data) << data.error().message;
  EXPECT_EQ(PermissionsOf(path_), perms::owner_all);
  for (const auto* file : {"token", "hash-key", "lock"}) {
    EXPECT_EQ(PermissionsOf(path_ / file), perms::owner_read | perms::owner_write) << file;
  }
  EXPECT_THAT((*data)->token(), MatchesRegex("[0-9a-f]{64}"));
  EXPECT_NE((*data)->token(), ToHex((*data)->hash_key()));
  EXPECT_EQ((*data)->database().parent_path(), path_);
}

TEST_F(DataFolderTest, KeepsItsSecrets) {
  auto first = DataFolder::Open(path_).value();
  const auto token = first->token();
  const auto hash_key = first->hash_key();
  TemporaryFolder other;
  EXPECT_NE(DataFolder::Open(other.path()).value()->token(), token);
  first.reset();
  const auto again = DataFolder::Open(path_);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ((*again)->token(), token);
  EXPECT_EQ((*again)->hash_key(), hash_key);
}

TEST_F(DataFolderTest, RefusesAFolderInUseUntilItsUserIsGone) {
  auto first = DataFolder::Open(path_);
  ASSERT_TRUE(first);
  const auto second = DataFolder::Open(path_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, Reason::kDataFolderInUse);
  EXPECT_THAT(second.error().message, HasSubstr("in use"));
  first->reset();
  EXPECT_TRUE(DataFolder::Open(path_));
}

// Also when it was killed: the lock belongs to the process and not to the file.
TEST_F(DataFolderTest, IsFreeAgainWhenTheProcessThatUsedItDied) {
  const pid_t child = fork();
  if (child == 0) {
    const auto data = DataFolder::Open(path_);
    _exit(data ? 0 : 1);  // destroys nothing
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 0);
  EXPECT_TRUE(DataFolder::Open(path_));
}

TEST_F(DataFolderTest, RefusesSecretsThatOthersCanRead) {
  DataFolder::Open(path_).value().reset();
  for (const auto* file : {"token", "hash-key"}) {
    for (const perms open : {perms::group_read, perms::others_read, perms::group_write}) {
      std::filesystem::permissions(path_ / file, open, std::filesystem::perm_options::add);
      const auto refused = DataFolder::Open(path_);
      ASSERT_FALSE(refused) << file;
      EXPECT_EQ(refused.error().reason, Reason::kConfigInvalid);
      EXPECT_THAT(refused.error().message,
                  HasSubstr(std::string("chmod 600 ") + (path_ / file).string()));
      std::filesystem::permissions(path_ / file, open, std::filesystem::perm_options::remove);
    }
  }
}

TEST_F(DataFolderTest, RefusesADamagedSecretAndDoesNotMakeANewOne) {
  DataFolder::Open(path_).value().reset();
  for (const auto& text : {std::string(), std::string("xyz\n"), std::string(63, 'a'),
                           std::string(65, 'a'), std::string(64, 'g')}) {
    Write(path_ / "token", text);
    EXPECT_FALSE(DataFolder::Open(path_)) << text;
    EXPECT_EQ(std::filesystem::file_size(path_ / "token"), text.size());
  }
  std::filesystem::remove(path_ / "token");
  std::filesystem::create_symlink("hash-key", path_ / "token");
  EXPECT_FALSE(DataFolder::Open(path_));
}

TEST_F(DataFolderTest, ClosesAnEmptyFolderAndRefusesAFilledOneThatIsOpen) {
  std::filesystem::create_directories(path_);
  std::filesystem::permissions(path_, perms::owner_all | perms::group_read | perms::group_exec);
  DataFolder::Open(path_).value().reset();
  EXPECT_EQ(PermissionsOf(path_), perms::owner_all);
  std::filesystem::permissions(path_, perms::others_exec, std::filesystem::perm_options::add);
  const auto refused = DataFolder::Open(path_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("chmod 700"));
}

TEST_F(DataFolderTest, RefusesAFileInItsPlace) {
  Write(folder_.path() / "file", "x");
  const auto refused = DataFolder::Open(folder_.path() / "file");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kConfigInvalid);
}

}  // namespace
}  // namespace homeward::testing
