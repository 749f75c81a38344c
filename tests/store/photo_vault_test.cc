#include "server/store/photo_vault.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>

#include "tests/store/database_folder.h"
#include "tests/store/faulty_disk.h"
#include "tests/store/outcome.h"
#include "tests/testing/numbered_ids.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;

const std::vector<std::uint8_t> kBytes = {0xff, 0xd8, 0, 1, 2, 3};

class PhotoVaultTest : public ::testing::Test {
 protected:
  PhotoVaultTest() : vault_(Must(PhotoVault::Open(path()))) {}
  std::filesystem::path path() const { return folder_.path() / "photos"; }
  std::filesystem::path PathOf(const PhotoId& id) const { return path() / id.ToString(); }

  DatabaseFolder folder_;
  std::unique_ptr<PhotoVault> vault_;
  const PhotoId photo_ = NumberedId<PhotoId>(1);
};

TEST_F(PhotoVaultTest, GivesBackTheVeryBytes) {
  for (const std::vector<std::uint8_t>& bytes :
       {kBytes, std::vector<std::uint8_t>{}, std::vector<std::uint8_t>(3'000'000, 7)}) {
    Must(vault_->Put(photo_, bytes));
    EXPECT_EQ(Must(vault_->Get(photo_, Sha256Of(bytes))), bytes);
  }
  vault_ = Must(PhotoVault::Open(path()));
  EXPECT_EQ(Must(vault_->Get(photo_, Sha256Of(std::vector<std::uint8_t>(3'000'000, 7)))).size(),
            3'000'000u);
}

TEST_F(PhotoVaultTest, KeepsPhotosForTheOwnerAlone) {
  Must(vault_->Put(photo_, kBytes));
  struct stat status{};
  ASSERT_EQ(stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  ASSERT_EQ(stat(PathOf(photo_).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(PhotoVaultTest, DetectsBytesThatAreChangedCutOrGone) {
  Must(vault_->Put(photo_, kBytes));
  const Sha256 sha256 = Sha256Of(kBytes);
  std::filesystem::resize_file(PathOf(photo_), 5);
  EXPECT_EQ(Outcome(vault_->Get(photo_, sha256)), "STORE_CORRUPT");
  std::ofstream(PathOf(photo_)) << "other bytes";
  EXPECT_EQ(Outcome(vault_->Get(photo_, sha256)), "STORE_CORRUPT");
  std::filesystem::remove(PathOf(photo_));
  const auto gone = vault_->Get(photo_, sha256);
  EXPECT_EQ(Outcome(gone), "STORE_CORRUPT");
  EXPECT_EQ(gone.error().metadata.at("photo"), photo_.ToString());
}

TEST_F(PhotoVaultTest, FollowsNoPlantedLink) {
  std::ofstream(folder_.path() / "secret") << "secret";
  std::filesystem::create_symlink(folder_.path() / "secret", PathOf(photo_));
  EXPECT_EQ(Outcome(vault_->Get(photo_, Sha256Of(kBytes))), "STORE_UNAVAILABLE");
}

TEST_F(PhotoVaultTest, RemovesDurablyAndMoreThanOnce) {
  Must(vault_->Put(photo_, kBytes));
  const FaultyDisk disk(path());
  Must(vault_->Remove(photo_));
  Must(vault_->Remove(photo_));
  const std::string unlinked = "unlink " + photo_.ToString();
  EXPECT_THAT(disk.calls(), ElementsAre(unlinked, "fsync .", unlinked, "fsync ."));
  EXPECT_EQ(Outcome(vault_->Get(photo_, Sha256Of(kBytes))), "STORE_CORRUPT");
}

TEST_F(PhotoVaultTest, SaysSoWhenTheDiskIsFullOrFails) {
  {
    const FaultyDisk disk(path(), 0, ENOSPC, FaultyDisk::Failing::kFromThenOn);
    EXPECT_EQ(Outcome(vault_->Put(photo_, kBytes)), "STORE_FULL");
  }
  Must(vault_->Put(photo_, kBytes));
  for (const std::size_t call : {0, 1}) {
    const FaultyDisk disk(path(), call, EIO, FaultyDisk::Failing::kOnce);
    EXPECT_EQ(Outcome(vault_->Remove(photo_)), "STORE_UNAVAILABLE");
  }
  EXPECT_EQ(Outcome(PhotoVault::Open("/nowhere/photos")), "STORE_UNAVAILABLE");
}

TEST_F(PhotoVaultTest, SweepsEverythingThatIsNotKnown) {
  const PhotoId unknown = NumberedId<PhotoId>(2);
  Must(vault_->Put(photo_, kBytes));
  Must(vault_->Put(unknown, kBytes));
  std::ofstream(path() / (photo_.ToString() + ".tmp")) << "left by a crash";
  EXPECT_EQ(Must(vault_->Sweep({photo_, NumberedId<PhotoId>(3)})), 2u);
  EXPECT_EQ(Must(vault_->Get(photo_, Sha256Of(kBytes))), kBytes);
  EXPECT_FALSE(std::filesystem::exists(PathOf(unknown)));
  EXPECT_EQ(Must(vault_->Sweep({photo_})), 0u);
  std::filesystem::remove_all(path());
  EXPECT_EQ(Outcome(vault_->Sweep({})), "STORE_UNAVAILABLE");
}

TEST(Sha256Test, IsTheDigestOfThePublishedExample) {
  const std::string abc = "abc";
  const Sha256 digest = Sha256Of({reinterpret_cast<const std::uint8_t*>(abc.data()), abc.size()});
  EXPECT_EQ(digest[0], 0xba);
  EXPECT_EQ(digest[1], 0x78);
  EXPECT_EQ(digest[31], 0xad);
}

}  // namespace
}  // namespace homeward
