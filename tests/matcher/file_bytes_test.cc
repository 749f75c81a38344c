#include "matcher/file_bytes.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/testing/temporary_folder.h"

namespace homeward {
namespace {

std::string Bytes(std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(i * 31 + i / 251);
  return bytes;
}

TEST(FileBytesTest, ReadsEveryByteOfFilesOfAnySize) {
  const testing::TemporaryFolder folder;
  for (const std::size_t count : {0, 1, 65'535, 65'536, 65'537, 200'000}) {
    const auto file = folder.path() / "file";
    std::ofstream(file, std::ios::binary) << Bytes(count);
    EXPECT_EQ(ReadFileBytes(file), Bytes(count)) << count;
  }
}

TEST(FileBytesTest, TakesAFolderOrAFailingDiskForUnreadable) {
  const testing::TemporaryFolder folder;
  EXPECT_EQ(ReadFileBytes(folder.path()), std::nullopt);
  EXPECT_EQ(ReadFileBytes(folder.path() / "none"), std::nullopt);
  EXPECT_EQ(ReadFileBytes("/proc/self/mem"), std::nullopt) << "reading it fails with EIO";
}

}  // namespace
}  // namespace homeward
