#include "clients/cpp/file_bytes.h"

#include <gtest/gtest.h>

#include "tests/clients/fake_service.h"

namespace homeward::client {
namespace {

TEST(FileBytesTest, ReadsEveryByteOfFilesOfAnySize) {
  const TemporaryFolder folder;
  for (const std::size_t size : {0, 1, 65'535, 65'536, 65'537, 200'001}) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 31 + i / 251);
    EXPECT_EQ(*ReadFile(folder.Write("file", bytes)), bytes) << size;
  }
}

// A disk that fails within a file must not end a program that goes through thousands of them.
TEST(FileBytesTest, GivesTheCauseWhereAFileCannotBeReadToItsEnd) {
  const TemporaryFolder folder;
  const std::string failing = "/proc/self/mem";  // reading it fails with EIO
  const std::string none = (folder.path() / "none").string();
  for (const auto& [path, cause] : {std::pair{folder.path().string(), EISDIR},
                                    std::pair{failing, EIO}, std::pair{none, ENOENT}}) {
    const auto read = ReadFile(path);
    ASSERT_FALSE(read.has_value()) << path;
    EXPECT_EQ(read.error().reason, kFileUnreadable);
    EXPECT_EQ(read.error().metadata.at("path"), path);
    EXPECT_EQ(read.error().metadata.at("cause"), std::generic_category().message(cause));
  }
}

}  // namespace
}  // namespace homeward::client
