#include "server/jobs/background_job.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace homeward {
namespace {

TEST(BackgroundJobTest, RunsOnceAtTheStartAndThenWheneverItIsWoken) {
  std::atomic<int> runs = 0;
  BackgroundJob job([&](const auto&) { ++runs; });
  job.AwaitIdle();
  EXPECT_EQ(runs, 1);
  job.Wake();
  job.AwaitIdle();
  EXPECT_EQ(runs, 2);
}

TEST(BackgroundJobTest, RunsOnceMoreWhenItIsWokenInTheMidst) {
  std::atomic<int> runs = 0;
  std::promise<void> begun;
  std::promise<void> go_on;
  BackgroundJob job([&](const auto&) {
    if (++runs > 1) return;
    begun.set_value();
    go_on.get_future().wait();
  });
  begun.get_future().wait();
  job.Wake();
  job.Wake();
  go_on.set_value();
  job.AwaitIdle();
  EXPECT_EQ(runs, 2);
}

TEST(BackgroundJobTest, RunsAgainAfterItsIntervalWithoutBeingWoken) {
  std::atomic<int> runs = 0;
  std::promise<void> third;
  BackgroundJob job(
      [&](const auto&) {
        if (++runs == 3) third.set_value();
      },
      std::chrono::milliseconds(1));
  third.get_future().wait();
  job.Stop();
  EXPECT_GE(runs, 3);
}

TEST(BackgroundJobTest, TellsTheWorkToEndAndTakesUpNoOther) {
  std::atomic<int> runs = 0;
  std::promise<void> begun;
  BackgroundJob job([&](const std::function<bool()>& stopped) {
    if (++runs == 1) begun.set_value();
    while (!stopped()) std::this_thread::yield();
  });
  begun.get_future().wait();
  job.Stop();
  job.Wake();
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace homeward
