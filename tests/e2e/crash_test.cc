// Promise: an answer with status OK survives kill -9 at any moment.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/testing/face_photos.h"
#include "tests/testing/service_client.h"

namespace homeward::testing {
namespace {

constexpr int kWriters = 8;
constexpr int kSearchers = 2;

// One enrolment that was sent: what the server said is not known until it answered.
struct Sent {
  v1::RecordKind kind = v1::STRANDED;
  std::size_t photo = 0;
  std::string request_id;
  std::string record;  // empty until acknowledged
};

class CrashTest : public ::testing::Test {
 protected:
  void SetUp() override {
    files_ = FacePhotoFiles();
    if (files_.empty()) GTEST_SKIP() << "no photos of faces on this machine; run ./run models";
  }

  // Writes and searches until the server is gone.
  void Load(const ServerProcess& server, std::stop_token stop) {
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < kWriters; ++writer) {
      threads.emplace_back([&] { Write(server, stop); });
    }
    for (int searcher = 0; searcher < kSearchers; ++searcher) {
      threads.emplace_back([&, searcher] {
        const ServiceClient client(server);
        v1::Search search;
        const std::string photo = Photo(static_cast<std::size_t>(searcher));
        while (!stop.stop_requested() && client.Search(photo, &search).ok()) {
        }
      });
    }
  }

  void Write(const ServerProcess& server, const std::stop_token& stop) {
    const ServiceClient client(server);
    while (!stop.stop_requested()) {
      Sent sent;
      sent.photo = next_++;
      sent.kind = sent.photo % 2 == 0 ? v1::STRANDED : v1::MISSING;
      sent.request_id = "crash-" + std::to_string(sent.photo);
      const bool answered = Send(client, sent);
      const std::lock_guard lock(mutex_);
      sent_.push_back(sent);
      if (!answered) return;
    }
  }

  bool Send(const ServiceClient& client, Sent& sent) {
    v1::CreateRecordResponse response;
    const auto status = client.Create(sent.kind, Photo(sent.photo), sent.request_id, &response);
    if (status.ok()) sent.record = response.record().name();
    return status.ok();
  }

  std::string Photo(std::size_t index) const { return FacePhotoVariant(files_, index); }

  // What was not answered is sent again under its id; then what is stored is exactly what was
  // acknowledged, whole, and each of `fresh` finds itself.
  void Verify(const ServerProcess& server, std::size_t first_fresh) {
    const ServiceClient client(server);
    std::map<std::string, const Sent*> expected;
    for (Sent& sent : sent_) {
      if (sent.record.empty()) {
        ASSERT_TRUE(Send(client, sent));
      }
      ASSERT_TRUE(expected.emplace(sent.record, &sent).second) << "two requests, one record";
    }
    std::int64_t usable = 0;
    const auto records = client.ListRecords();
    EXPECT_EQ(records.size(), expected.size());
    for (const v1::Record& record : records) {
      const auto found = expected.find(record.name());
      ASSERT_NE(found, expected.end()) << "a record that nobody enrolled";
      EXPECT_EQ(record.source_reference(), found->second->request_id);
      const auto photos = client.ListPhotos(record.name());
      ASSERT_EQ(photos.size(), 1u) << "half enrolled";
      const bool has_template = photos[0].faces_size() == 1 && photos[0].faces(0).usable();
      EXPECT_TRUE(has_template || photos[0].no_template_reason() != 0);
      if (has_template) ++usable;
      expected.erase(found);
    }
    EXPECT_TRUE(expected.empty()) << expected.size() << " acknowledged records lost";
    VerifyFoundAtRankOne(client, first_fresh, usable);
  }

  void VerifyFoundAtRankOne(const ServiceClient& client, std::size_t first, std::int64_t usable) {
    for (std::size_t i = first; i < sent_.size(); ++i) {
      v1::Search search;
      const auto status = client.Search(Photo(sent_[i].photo), &search);
      if (status.error_code() == grpc::StatusCode::FAILED_PRECONDITION) continue;  // no face in it
      ASSERT_TRUE(status.ok()) << status.error_message();
      EXPECT_EQ(search.comparison().compared_face_count(), usable) << "index is not the database";
      ASSERT_GT(search.candidates_size(), 0);
      EXPECT_EQ(search.candidates(0).record(), sent_[i].record);
      EXPECT_NEAR(search.candidates(0).distance(), 0, 1e-3);
    }
  }

  void RunCycles(int cycles, unsigned seed) {
    TemporaryFolder folder;
    const auto data = folder.path() / "data";
    std::mt19937 random(seed);
    for (int cycle = 0; cycle < cycles && !HasFatalFailure(); ++cycle) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", cycle " + std::to_string(cycle));
      auto server = ServerProcess::Start(data);
      ASSERT_NE(server, nullptr);
      {
        std::stop_source stop;
        std::jthread load([&] { Load(*server, stop.get_token()); });
        // The one wait of these tests that is on a clock: the random moment itself.
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 1500));
        server->Kill();
        stop.request_stop();
      }
      const std::size_t first_fresh = std::exchange(verified_, sent_.size());
      server = ServerProcess::Start(data);
      ASSERT_NE(server, nullptr);
      Verify(*server, cycle + 1 == cycles ? 0 : first_fresh);
      server->Kill();
    }
    RecordProperty("acknowledged", static_cast<int>(sent_.size()));
    if (HasFailure()) return;
    std::printf("%d kills, %zu acknowledged records, 0 lost (seed %u)\n", cycles, sent_.size(),
                seed);
  }

 private:
  std::vector<std::filesystem::path> files_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::vector<Sent> sent_;  // guarded by mutex_ while Load runs
  std::size_t verified_ = 0;
};

TEST_F(CrashTest, NothingAcknowledgedIsLostOverAFewKills) { RunCycles(2, 20261122); }

// `./run soak` sets the number of kills.
TEST_F(CrashTest, SlowNothingAcknowledgedIsLostOverManyKills) {
  const char* cycles = std::getenv("HOMEWARD_SOAK_KILLS");
  if (cycles == nullptr) GTEST_SKIP() << "set HOMEWARD_SOAK_KILLS, or call ./run soak";
  RunCycles(std::atoi(cycles), std::random_device()());
}

}  // namespace
}  // namespace homeward::testing
