// homewardd refuses, in words, what it cannot serve safely.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/testing/server_process.h"

namespace homeward::testing {
namespace {

using ::testing::HasSubstr;

TEST(StartupTest, RefusesADataFolderInUse) {
  TemporaryFolder folder;
  const auto data = folder.path() / "data";
  const auto server = ServerProcess::Start(data);
  ASSERT_NE(server, nullptr);
  const auto refusal = ServerProcess::StartRefused(data);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_NE(refusal->exit_status, 0);
  EXPECT_THAT(refusal->log, HasSubstr("in use"));
}

TEST(StartupTest, RefusesAnAddressThatOthersCanReach) {
  TemporaryFolder folder;
  const auto refusal =
      ServerProcess::StartRefused(folder.path() / "data", {"--listen", "0.0.0.0:0"});
  ASSERT_TRUE(refusal.has_value());
  EXPECT_THAT(refusal->log, HasSubstr("loopback"));
}

TEST(StartupTest, RefusesAChangedModelFileByName) {
  TemporaryFolder folder;
  const auto weights = folder.path() / "weights";
  std::filesystem::create_directory(weights);
  for (const auto& entry : std::filesystem::directory_iterator(WeightsFolder())) {
    std::filesystem::copy(entry.path(), weights);
  }
  const auto changed = weights / "mmod_human_face_detector.dat";
  std::fstream(changed, std::ios::in | std::ios::out | std::ios::binary).put('x');
  const auto refusal =
      ServerProcess::StartRefused(folder.path() / "data", {"--weights", weights.string()});
  ASSERT_TRUE(refusal.has_value());
  EXPECT_THAT(refusal->log, HasSubstr("mmod_human_face_detector.dat"));
}

TEST(StartupTest, RefusesATokenThatOthersCanRead) {
  TemporaryFolder folder;
  const auto data = folder.path() / "data";
  ASSERT_NE(ServerProcess::Start(data), nullptr);
  std::filesystem::permissions(data / "token", std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  const auto refusal = ServerProcess::StartRefused(data);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_THAT(refusal->log, HasSubstr("token"));
}

TEST(StartupTest, EndsWithZeroWhenAskedTo) {
  TemporaryFolder folder;
  const auto server = ServerProcess::Start(folder.path() / "data");
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(server->Terminate(), 0);
}

}  // namespace
}  // namespace homeward::testing
