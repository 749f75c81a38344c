// Promise: what was erased is never in a result again, and its bytes are gone from the disk.
#include <gmock/gmock.h>

#include "tests/testing/face_photos.h"
#include "tests/testing/service_client.h"

namespace homeward::testing {
namespace {

using ::testing::ElementsAre;

// The files below `folder` in which `needle` occurs.
std::vector<std::string> FilesWith(const std::filesystem::path& folder, const std::string& needle) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && ReadBytes(entry.path()).find(needle) != std::string::npos) {
      found.push_back(entry.path().filename());
    }
  }
  return found;
}

TEST(ErasureTest, LeavesATombstoneAndNothingElse) {
  const auto files = FacePhotoFiles();
  if (files.size() < 2) GTEST_SKIP() << "no photos of faces on this machine; run ./run models";
  const std::string photo = ReadBytes(files[0]);
  const std::string part_of_photo = photo.substr(photo.size() / 2, 64);
  const std::string name = "测试人甲 Planted-Name-7319";
  TemporaryFolder folder;
  const auto data = folder.path() / "data";
  auto server = ServerProcess::Start(data);
  ASSERT_NE(server, nullptr);
  std::string record;
  {
    const ServiceClient client(*server);
    v1::CreateRecordRequest request;
    request.mutable_record()->set_kind(v1::MISSING);
    request.mutable_record()->mutable_person()->set_claimed_name(name);
    request.set_purpose("end-to-end test");
    request.add_photos()->set_data(photo);
    request.mutable_photos(0)->set_single_face(true);
    v1::CreateRecordResponse created;
    ASSERT_TRUE(client.records().CreateRecord(server->Context().get(), request, &created).ok());
    record = created.record().name();
    EXPECT_FALSE(FilesWith(data, name).empty());
    EXPECT_FALSE(FilesWith(data, part_of_photo).empty());

    ASSERT_TRUE(client.Erase(record).ok());
    EXPECT_THAT(FilesWith(data, name), ElementsAre());
    EXPECT_THAT(FilesWith(data, part_of_photo), ElementsAre());
  }
  for (int run = 0; run < 2; ++run) {  // before and after a restart
    const ServiceClient client(*server);
    v1::Search search;
    ASSERT_TRUE(client.Search(photo, &search).ok());
    EXPECT_EQ(search.candidates_size(), 0);
    EXPECT_TRUE(search.no_candidate());
    EXPECT_EQ(search.comparison().searchable_count(), 0);
    v1::GetRecordRequest get;
    get.set_name(record);
    v1::Record tombstone;
    ASSERT_TRUE(client.records().GetRecord(server->Context().get(), get, &tombstone).ok());
    EXPECT_EQ(tombstone.state(), v1::ERASED);
    EXPECT_TRUE(tombstone.has_erase_time());
    EXPECT_FALSE(tombstone.has_person());
    server->Kill();
    if (run == 0) server = ServerProcess::Start(data);
  }
}

}  // namespace
}  // namespace homeward::testing
