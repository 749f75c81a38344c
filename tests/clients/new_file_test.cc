#include "clients/cli/new_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <future>
#include <iterator>

#include "tests/clients/fake_service.h"

namespace homeward::client {
namespace {

class NewFileTest : public ::testing::Test {
 protected:
  std::string Text(const std::filesystem::path& file) const {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::ptrdiff_t FileCount() const {
    return std::distance(std::filesystem::directory_iterator(folder_.path()), {});
  }

  TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "face.jpg";
};

TEST_F(NewFileTest, HoldsEveryByteForItsOwnerAlone) {
  const std::string bytes("\xff\xd8\0\n", 4);
  ASSERT_TRUE(WriteNewFile(file_, bytes, false).has_value());
  EXPECT_EQ(Text(file_), bytes);
  struct stat status{};
  ASSERT_EQ(stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(FileCount(), 1) << "nothing half is left";
}

TEST_F(NewFileTest, IsNeverWrittenOverWhatIsThere) {
  folder_.Write("face.jpg", "kept");
  std::filesystem::create_symlink("nowhere", folder_.path() / "link");
  std::filesystem::create_directory(folder_.path() / "folder");
  for (const char* name : {"face.jpg", "link", "folder"}) {
    const auto written = WriteNewFile(folder_.path() / name, "new", false);
    ASSERT_FALSE(written.has_value()) << name;
    EXPECT_EQ(written.error().reason, kFileUnwritable);
    EXPECT_EQ(written.error().metadata.at("cause"), std::generic_category().message(EEXIST));
  }
  EXPECT_EQ(Text(file_), "kept");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "nowhere")) << "a link is not followed";
  EXPECT_EQ(FileCount(), 3);
}

TEST_F(NewFileTest, ReplacesOnlyWhereItIsToldToAndNeverAFolder) {
  folder_.Write("face.jpg", "old");
  ASSERT_TRUE(WriteNewFile(file_, "new", true).has_value());
  EXPECT_EQ(Text(file_), "new");
  std::filesystem::create_directory(folder_.path() / "folder");
  EXPECT_FALSE(WriteNewFile(folder_.path() / "folder", "new", true).has_value());
  EXPECT_EQ(FileCount(), 2);
}

TEST_F(NewFileTest, SaysWhyItCannotBeMade) {
  const auto written = WriteNewFile(folder_.path() / "none" / "face.jpg", "new", false);
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().metadata.at("path"), (folder_.path() / "none" / "face.jpg").string());
  EXPECT_EQ(written.error().metadata.at("cause"), std::generic_category().message(ENOENT));
  const auto full = WriteNewFile("/dev/full/face.jpg", "new", false);
  EXPECT_FALSE(full.has_value());
}

TEST_F(NewFileTest, IsWhollyOfOneWriterWhereSeveralWriteAtOnce) {
  std::vector<std::future<bool>> writers;
  for (char letter = 'a'; letter < 'i'; ++letter) {
    writers.push_back(std::async(std::launch::async, [this, letter] {
      return WriteNewFile(file_, std::string(100'000, letter), false).has_value();
    }));
  }
  int written = 0;
  for (auto& writer : writers) written += writer.get() ? 1 : 0;
  EXPECT_EQ(written, 1);
  const std::string text = Text(file_);
  EXPECT_EQ(text, std::string(100'000, text.front()));
  EXPECT_EQ(FileCount(), 1);
}

}  // namespace
}  // namespace homeward::client
