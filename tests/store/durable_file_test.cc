#include "server/store/durable_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <iterator>

#include "tests/store/database_folder.h"
#include "tests/store/faulty_disk.h"
#include "tests/store/outcome.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::uint8_t> kBytes = {1, 2, 3};
const std::vector<std::uint8_t> kOther = {4, 5};

std::vector<std::uint8_t> BytesOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> FilesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename());
  }
  return names;
}

TEST(DurableFileTest, SyncsTheFileBeforeItsNameAndTheNameBeforeItReturns) {
  const DatabaseFolder folder;
  const FaultyDisk disk(folder.path());
  Must(WriteDurably(folder.path() / "a", kBytes));
  EXPECT_THAT(disk.calls(), ElementsAre("write a.tmp", "fsync a.tmp", "rename a.tmp", "fsync ."));
}

TEST(DurableFileTest, WritesForTheOwnerAlone) {
  const DatabaseFolder folder;
  const std::filesystem::path file = folder.path() / "a";
  Must(WriteDurably(file, kBytes));
  EXPECT_EQ(BytesOf(file), kBytes);
  struct stat status{};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(DurableFileTest, ReplacesAFileAndWhatACrashLeftOfAnEarlierAttempt) {
  const DatabaseFolder folder;
  const std::filesystem::path file = folder.path() / "a";
  std::ofstream(folder.path() / "a.tmp") << "half of somethi";
  Must(WriteDurably(file, kBytes));
  Must(WriteDurably(file, kOther));
  EXPECT_EQ(BytesOf(file), kOther);
  EXPECT_THAT(FilesIn(folder.path()), ElementsAre("a"));
}

TEST(DurableFileTest, LeavesTheOldFileAndNothingElseWhenTheDiskFails) {
  for (std::size_t call = 0; call < 3; ++call) {
    const DatabaseFolder folder;
    const std::filesystem::path file = folder.path() / "a";
    Must(WriteDurably(file, kBytes));
    const int error = call == 0 ? ENOSPC : EIO;
    const FaultyDisk disk(folder.path(), call, error, FaultyDisk::Failing::kOnce);
    EXPECT_EQ(Outcome(WriteDurably(file, kOther)), call == 0 ? "STORE_FULL" : "STORE_UNAVAILABLE");
    EXPECT_EQ(BytesOf(file), kBytes);
    EXPECT_THAT(FilesIn(folder.path()), ElementsAre("a"));
  }
}

TEST(DurableFileTest, SaysSoWhenTheNameMayNotBeDurable) {
  const DatabaseFolder folder;
  const FaultyDisk disk(folder.path(), 3, EIO, FaultyDisk::Failing::kOnce);
  EXPECT_EQ(Outcome(WriteDurably(folder.path() / "a", kBytes)), "STORE_UNAVAILABLE");
}

TEST(DurableFileTest, NamesThePathInItsError) {
  const auto written = WriteDurably("/nowhere/a", kBytes);
  EXPECT_EQ(Outcome(written), "STORE_UNAVAILABLE");
  EXPECT_EQ(written.error().metadata.at("path"), "/nowhere/a.tmp");
}

}  // namespace
}  // namespace homeward
