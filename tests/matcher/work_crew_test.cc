#include "matcher/work_crew.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <set>
#include <thread>
#include <vector>

namespace homeward {
namespace {

TEST(WorkCrewTest, WorkIsSharedAmongTheCallerAndFreeThreads) {
  WorkCrew crew(2);
  std::mutex mutex;
  std::set<std::thread::id> threads;
  std::latch all(3);
  crew.Share([&] {
    {
      const std::scoped_lock lock(mutex);
      threads.insert(std::this_thread::get_id());
    }
    all.arrive_and_wait();
  });
  EXPECT_EQ(threads.size(), 3u);
  EXPECT_TRUE(threads.contains(std::this_thread::get_id()));
}

TEST(WorkCrewTest, WhoFindsTheCrewBusyDoesAllAlone) {
  WorkCrew crew(1);
  std::latch begun(2);
  std::latch done(1);
  std::jthread other([&] {
    crew.Share([&] {
      begun.arrive_and_wait();
      done.wait();
    });
  });
  begun.wait();
  std::atomic<int> calls = 0;
  crew.Share([&] { ++calls; });
  EXPECT_EQ(calls, 1);
  done.count_down();
}

TEST(WorkCrewTest, ACrewOfNobodyLeavesAllToTheCaller) {
  WorkCrew crew(0);
  int calls = 0;
  crew.Share([&] { ++calls; });
  EXPECT_EQ(calls, 1);
}

TEST(WorkCrewTest, NoPartIsDoneTwiceOrLeftOutWhoeverShares) {
  WorkCrew crew(3);
  const auto share_often = [&] {
    for (int i = 0; i < 200; ++i) {
      constexpr int kParts = 50;
      std::vector<std::atomic<int>> done(kParts);
      std::atomic<int> next = 0;
      crew.Share([&] {
        for (int part = 0; (part = next++) < kParts;) ++done[static_cast<std::size_t>(part)];
      });
      for (const auto& each : done) EXPECT_EQ(each, 1);
    }
  };
  std::vector<std::jthread> callers;
  for (int i = 0; i < 3; ++i) callers.emplace_back(share_often);
}

}  // namespace
}  // namespace homeward
