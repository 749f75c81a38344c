// Promise: a start takes what it may from the snapshot of an earlier run, says so, and does without
// it where anything is off; the answers are the same.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "tests/testing/face_photos.h"
#include "tests/testing/service_client.h"

namespace homeward::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kPeople = 12;

// Without what belongs to the one call: its name and its time.
std::string AnswerOf(v1::Search search) {
  search.clear_name();
  search.clear_create_time();
  return search.SerializeAsString();
}

class RestartTest : public ::testing::Test {
 protected:
  void SetUp() override {
    files_ = FacePhotoFiles();
    if (files_.size() < 2) GTEST_SKIP() << "no photos of faces on this machine; run ./run models";
    Start();
    for (std::size_t i = 0; server_ && i < kPeople; ++i) {
      v1::CreateRecordResponse stored;
      ASSERT_TRUE(ServiceClient(*server_)
                      .Create(v1::MISSING, FacePhotoVariant(files_, i), std::to_string(i), &stored)
                      .ok());
      last_ = stored.record().name();
    }
    ASSERT_NE(server_, nullptr);
    EXPECT_EQ(server_->Terminate(), 0);
    Start();
    ASSERT_NE(server_, nullptr);
  }
  // The log is that of the last start.
  void Start() {
    server_.reset();
    std::filesystem::remove(log_);
    server_ = ServerProcess::Start(data_);
  }
  std::string Log() const { return ReadBytes(log_); }
  std::string Answer() const {
    v1::Search search;
    EXPECT_TRUE(ServiceClient(*server_).Search(ReadBytes(files_[0]), &search).ok());
    EXPECT_GT(search.candidates_size(), 0);
    return AnswerOf(search);
  }

  TemporaryFolder folder_;
  const std::filesystem::path data_ = folder_.path() / "data";
  const std::filesystem::path log_ = folder_.path() / "data.log";
  std::vector<std::filesystem::path> files_;
  std::unique_ptr<ServerProcess> server_;
  std::string last_;
};

TEST_F(RestartTest, TakesEverybodyFromTheSnapshotAndSaysSo) {
  EXPECT_THAT(Log(), HasSubstr("the nearest others of 12 of 12 people from the snapshot"));
}

TEST_F(RestartTest, AnswersTheSameWithoutItAndSaysWhy) {
  const std::string before = Answer();
  server_->Kill();
  for (const auto& entry : std::filesystem::directory_iterator(data_ / "spreads")) {
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(5000);
    file.put('x');
  }
  Start();
  ASSERT_NE(server_, nullptr);
  EXPECT_THAT(Log(), HasSubstr("of 0 of 12 people from the snapshot: it is damaged"));
  EXPECT_EQ(Answer(), before);
}

TEST_F(RestartTest, KnowsNothingMoreOfWhomItForgotBeforeAKill) {
  ASSERT_TRUE(ServiceClient(*server_).Erase(last_).ok());
  const std::string before = Answer();
  server_->Kill();
  Start();
  ASSERT_NE(server_, nullptr);
  EXPECT_THAT(Log(), HasSubstr("of 11 people from the snapshot"));
  EXPECT_EQ(Answer(), before);
}

}  // namespace
}  // namespace homeward::testing
