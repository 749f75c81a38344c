#include "server/process/secret_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tests/testing/temporary_folder.h"

namespace homeward::testing {
namespace {

using ::testing::HasSubstr;

class SecretFileTest : public ::testing::Test {
 protected:
  void Write(const std::string& text, mode_t mode = 0600) const {
    std::ofstream(file_, std::ios::binary) << text;
    chmod(file_.c_str(), mode);
  }
  std::string Text() const {
    std::ifstream file(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // The words of a refusal; empty where there was none.
  std::string Refusal() const {
    const auto read = ReadOrCreateSecret(file_);
    if (read) return {};
    EXPECT_EQ(read.error().reason, Reason::kConfigInvalid) << read.error().message;
    EXPECT_EQ(read.error().metadata.at("file"), file_.string());
    return read.error().message;
  }

  TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "token";
};

TEST_F(SecretFileTest, IsMadeForItsOwnerAloneWhateverTheUmaskAndReadAgain) {
  const mode_t before = umask(0);
  const auto made = ReadOrCreateSecret(file_);
  umask(before);
  ASSERT_TRUE(made) << made.error().message;
  struct stat status{};
  ASSERT_EQ(stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
  EXPECT_EQ(Text(), ToHex(*made) + "\n");
  EXPECT_EQ(ReadOrCreateSecret(file_).value(), *made);
}

TEST_F(SecretFileTest, MayEndInLinesThatAnEditorAdds) {
  const std::string hex(64, 'a');
  for (const std::string& text : {hex, hex + "\n", hex + "\n\n"}) {
    Write(text);
    EXPECT_EQ(Refusal(), "") << text;
  }
}

TEST_F(SecretFileTest, IsRefusedWhenTruncatedOrChangedAndLeftAsItIs) {
  const std::string hex(64, 'a');
  for (const std::string& text :
       {std::string(), hex.substr(1), hex + "a", " " + hex, hex + "\r\n", hex.substr(2) + "0x",
        std::string(64, '\0'), std::string(200, 'a'), hex + "\n" + hex}) {
    Write(text);
    EXPECT_THAT(Refusal(), HasSubstr("does not hold 64 hexadecimal digits")) << text;
    EXPECT_EQ(Text(), text) << "what was there might be put right by hand";
  }
}

TEST_F(SecretFileTest, IsRefusedWhenOthersCanReadOrChangeIt) {
  for (const mode_t bit : {0040, 0020, 0010, 0004, 0002, 0001}) {
    Write(std::string(64, 'a'), 0600 | bit);
    EXPECT_THAT(Refusal(), HasSubstr("chmod 600")) << bit;
  }
}

TEST_F(SecretFileTest, IsRefusedWhenItBelongsToAnotherUser) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  Write(std::string(64, 'a'));
  ASSERT_EQ(chown(file_.c_str(), 12345, static_cast<gid_t>(-1)), 0);
  EXPECT_THAT(Refusal(), HasSubstr("belongs to another user"));
}

TEST_F(SecretFileTest, IsNeitherFollowedNorWaitedForWhenItIsNoPlainFile) {
  ASSERT_EQ(mkfifo(file_.c_str(), 0600), 0);
  EXPECT_THAT(Refusal(), HasSubstr("is no plain file"));
  std::filesystem::remove(file_);
  std::filesystem::create_directory(file_);
  EXPECT_THAT(Refusal(), HasSubstr("is no plain file"));
  std::filesystem::remove(file_);
  // A link to nowhere must not be followed to where a secret would be made.
  std::filesystem::create_symlink("elsewhere", file_);
  EXPECT_FALSE(ReadOrCreateSecret(file_));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "elsewhere"));
}

}  // namespace
}  // namespace homeward::testing
