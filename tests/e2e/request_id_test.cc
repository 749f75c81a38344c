// Promise: the same request twice, also across a restart, is one record and one stored answer.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/testing/face_photos.h"
#include "tests/testing/service_client.h"

namespace homeward::testing {
namespace {

class RequestIdTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto files = FacePhotoFiles();
    if (files.size() < 2) GTEST_SKIP() << "no photos of faces on this machine; run ./run models";
    first_ = ReadBytes(files[0]);
    second_ = ReadBytes(files[1]);
    server_ = ServerProcess::Start(folder_.path() / "data");
    ASSERT_NE(server_, nullptr);
  }

  TemporaryFolder folder_;
  std::unique_ptr<ServerProcess> server_;
  std::string first_;
  std::string second_;
};

TEST_F(RequestIdTest, GivesTheStoredAnswerAfterAKill) {
  v1::CreateRecordResponse before;
  ASSERT_TRUE(ServiceClient(*server_).Create(v1::MISSING, first_, "one", &before).ok());
  server_->Kill();
  server_ = ServerProcess::Start(folder_.path() / "data");
  ASSERT_NE(server_, nullptr);
  const ServiceClient client(*server_);
  v1::CreateRecordResponse after;
  ASSERT_TRUE(client.Create(v1::MISSING, first_, "one", &after).ok());
  EXPECT_EQ(before.SerializeAsString(), after.SerializeAsString());
  EXPECT_EQ(client.ListRecords().size(), 1u);
}

TEST_F(RequestIdTest, RefusesAnotherRequestUnderTheSameId) {
  const ServiceClient client(*server_);
  v1::CreateRecordResponse response;
  ASSERT_TRUE(client.Create(v1::MISSING, first_, "one", &response).ok());
  EXPECT_EQ(client.Create(v1::MISSING, second_, "one", &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(client.ListRecords().size(), 1u);
}

TEST_F(RequestIdTest, MakesOneRecordOfEightCallsAtTheSameMoment) {
  const ServiceClient client(*server_);
  std::vector<v1::CreateRecordResponse> responses(8);
  {
    std::vector<std::jthread> callers;
    for (auto& response : responses) {
      callers.emplace_back(
          [&] { EXPECT_TRUE(client.Create(v1::STRANDED, first_, "same", &response).ok()); });
    }
  }
  for (const auto& response : responses) {
    EXPECT_EQ(response.SerializeAsString(), responses[0].SerializeAsString());
  }
  EXPECT_EQ(client.ListRecords().size(), 1u);
}

TEST_F(RequestIdTest, ShowsACandidateErasedSinceAsErased) {
  const ServiceClient client(*server_);
  v1::CreateRecordResponse report;
  ASSERT_TRUE(client.Create(v1::MISSING, first_, "report", &report).ok());
  v1::CreateRecordResponse before;
  ASSERT_TRUE(client.Create(v1::STRANDED, first_, "stay", &before).ok());
  ASSERT_EQ(before.search().candidates_size(), 1);
  ASSERT_TRUE(client.Erase(report.record().name()).ok());
  v1::CreateRecordResponse after;
  ASSERT_TRUE(client.Create(v1::STRANDED, first_, "stay", &after).ok());
  ASSERT_EQ(after.search().candidates_size(), 1);
  EXPECT_TRUE(after.search().candidates(0).erased());
  EXPECT_TRUE(after.search().candidates(0).claimed_name().empty());
}

}  // namespace
}  // namespace homeward::testing
