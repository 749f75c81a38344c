// Promise: an old answer can be explained. While nothing has changed the same search gives the same
// answer, evidence included, also by a service that has been started anew.
#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>

#include "tests/testing/face_photos.h"
#include "tests/testing/service_client.h"

namespace homeward::testing {
namespace {

constexpr std::size_t kPeople = 12;  // as many as evidence needs to tell a chance, and two more

// Without what belongs to the one call: its name and its time.
std::string AnswerOf(v1::Search search) {
  search.clear_name();
  search.clear_create_time();
  return search.SerializeAsString();
}

TEST(RepeatedAnswerTest, IsTheSameWhileNothingHasChangedAlsoAfterAKill) {
  const auto files = FacePhotoFiles();
  if (files.size() < 2) GTEST_SKIP() << "no photos of faces on this machine; run ./run models";
  const TemporaryFolder folder;
  auto server = ServerProcess::Start(folder.path() / "data");
  ASSERT_NE(server, nullptr);
  std::string erased;
  for (std::size_t i = 0; i < kPeople; ++i) {
    v1::CreateRecordResponse stored;
    ASSERT_TRUE(ServiceClient(*server)
                    .Create(v1::MISSING, FacePhotoVariant(files, i), std::to_string(i), &stored)
                    .ok());
    erased = stored.record().name();
  }
  ASSERT_TRUE(ServiceClient(*server).Erase(erased).ok());
  const std::string probe = ReadBytes(files[0]);
  v1::Search before;
  ASSERT_TRUE(ServiceClient(*server).Search(probe, &before).ok());
  server->Kill();
  server = ServerProcess::Start(folder.path() / "data");
  ASSERT_NE(server, nullptr);
  v1::Search after;
  ASSERT_TRUE(ServiceClient(*server).Search(probe, &after).ok());
  EXPECT_NE(before.name(), after.name());
  ASSERT_EQ(before.candidates_size(), static_cast<int>(kPeople) - 1);
  EXPECT_TRUE(before.candidates(0).has_evidence());
  EXPECT_EQ(AnswerOf(before), AnswerOf(after));
}

}  // namespace
}  // namespace homeward::testing
