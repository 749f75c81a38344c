#include "clients/cpp/photo_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/clients/fake_service.h"

namespace homeward::client {
namespace {

using ::testing::ElementsAre;

TEST(PhotoFileTest, ReadsEveryByte) {
  const TemporaryFolder folder;
  const std::string bytes("\xff\xd8\0\n\r", 5);
  EXPECT_EQ(*ReadPhoto(folder.Write("a.jpg", bytes)), bytes);
  EXPECT_EQ(*ReadPhoto(folder.Write("empty.jpg", "")), "");
}

TEST(PhotoFileTest, RefusesALargeFileWithoutReadingIt) {
  const TemporaryFolder folder;
  const std::string path = folder.Write("large.jpg", "");
  std::filesystem::resize_file(path, kPhotoByteLimit + 1);
  const auto photo = ReadPhoto(path);
  ASSERT_FALSE(photo.has_value());
  EXPECT_EQ(photo.error().reason, "PHOTO_TOO_LARGE");
  EXPECT_EQ(photo.error().metadata.at("bytes"), "20971521");
}

TEST(PhotoFileTest, RefusesWhatIsNoFile) {
  const TemporaryFolder folder;
  const std::string pipe = (folder.path() / "pipe.jpg").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& path : {pipe, folder.path().string(), folder.path().string() + "/none"}) {
    const auto photo = ReadPhoto(path);
    ASSERT_FALSE(photo.has_value()) << path;
    EXPECT_EQ(photo.error().reason, kFileUnreadable);
    EXPECT_FALSE(photo.error().metadata.at("cause").empty());
  }
}

TEST(PhotoFolderTest, ListsPhotosInOrderAndCountsTheRest) {
  const TemporaryFolder folder;
  folder.Write("b.JPG", "");
  folder.Write("a/1.jpeg", "");
  folder.Write("c.heic", "");
  folder.Write("Thumbs.db", "");
  folder.Write(".hidden.jpg", "");
  folder.Write(".git/x.jpg", "");
  const auto found = ListPhotoFolder(folder.path());
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(found->photos, ElementsAre(folder.path() / "a/1.jpeg", folder.path() / "b.JPG",
                                         folder.path() / "c.heic"));
  EXPECT_EQ(found->other_file_count, 1U);
}

TEST(PhotoFolderTest, FollowsNoLinkToAFolder) {
  const TemporaryFolder folder;
  folder.Write("a/1.jpg", "");
  std::filesystem::create_directory_symlink(folder.path(), folder.path() / "a/again");
  EXPECT_EQ(ListPhotoFolder(folder.path())->photos.size(), 1U);
}

TEST(PhotoFolderTest, SaysThatAFolderIsAbsent) {
  EXPECT_EQ(ListPhotoFolder("/nonexistent").error().reason, kFileUnreadable);
}

}  // namespace
}  // namespace homeward::client
