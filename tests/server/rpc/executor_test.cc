#include "server/rpc/executor.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "tests/testing/gate.h"

namespace homeward {
namespace {

constexpr auto kInteractive = WorkClass::kInteractive;
constexpr auto kFamily = WorkClass::kFamily;
constexpr auto kBulk = WorkClass::kBulk;

Executor::Limits LimitsFor(int threads, int waiting, int lower_running) {
  return {threads, {{{waiting, threads}, {waiting, lower_running}, {waiting, lower_running}}}};
}

std::unique_ptr<Executor> MustStart(const Executor::Limits& limits) {
  auto executor = Executor::Start(limits);
  return executor ? std::move(*executor) : nullptr;
}

// The most that ran at a time.
class Peak {
 public:
  void Enter() {
    const int now = ++running_;
    int seen = peak_;
    while (now > seen && !peak_.compare_exchange_weak(seen, now)) {
    }
  }
  void Leave() { --running_; }
  int value() const { return peak_; }

 private:
  std::atomic<int> running_ = 0;
  std::atomic<int> peak_ = 0;
};

TEST(ExecutorTest, RunsAHigherClassFirstWhateverCameEarlier) {
  auto executor = MustStart(LimitsFor(2, 8, 1));
  const testing::Gate gate;
  ASSERT_TRUE(executor->Submit(kInteractive, gate.Holder()));
  ASSERT_TRUE(executor->Submit(kInteractive, gate.Holder()));
  gate.AwaitEntered(2);
  std::mutex mutex;
  std::vector<WorkClass> order;
  // The other thread stays away: its task ends only when all others have run.
  std::atomic<int> left = 3;
  ASSERT_TRUE(executor->Submit(kInteractive, [&] {
    while (left > 0) left.wait(left);
  }));
  for (const WorkClass work_class : {kBulk, kFamily, kInteractive}) {
    ASSERT_TRUE(executor->Submit(work_class, [&, work_class] {
      const std::lock_guard lock(mutex);
      order.push_back(work_class);
      --left;
      left.notify_all();
    }));
  }
  gate.Open();
  executor->Stop();
  EXPECT_EQ(order, (std::vector{kInteractive, kFamily, kBulk}));
}

TEST(ExecutorTest, LeavesAThreadToStaffHoweverMuchBulkWorkWaits) {
  auto executor = MustStart(LimitsFor(3, 16, 2));
  const testing::Gate gate;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(executor->Submit(kBulk, gate.Holder()));
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(executor->Submit(kFamily, gate.Holder()));
  gate.AwaitEntered(2);
  const testing::Gate answered;
  ASSERT_TRUE(executor->Submit(kInteractive, answered.Holder()));
  answered.AwaitEntered(1);  // would hang if the lower classes held every thread
}

TEST(ExecutorTest, RefusesWhatDoesNotFitAndNeverRunsIt) {
  auto executor = MustStart(LimitsFor(2, 3, 1));
  const testing::Gate gate;
  ASSERT_TRUE(executor->Submit(kInteractive, gate.Holder()));
  ASSERT_TRUE(executor->Submit(kInteractive, gate.Holder()));
  gate.AwaitEntered(2);
  std::atomic<int> ran = 0;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(executor->Submit(kBulk, [&] { ++ran; }));
  const auto refused = executor->Submit(kBulk, [&] { ran += 100; });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kQueueFull);
  EXPECT_EQ(refused.error().metadata.at("class"), "bulk");
  EXPECT_TRUE(executor->Submit(kInteractive, [&] { ++ran; })) << "each class has its own queue";
  gate.Open();
  executor->Stop();
  EXPECT_EQ(ran, 4);
}

TEST(ExecutorTest, KeepsThePlacesOfAReservationFree) {
  auto executor = MustStart(LimitsFor(2, 4, 1));
  const testing::Gate gate;
  ASSERT_TRUE(executor->Submit(kInteractive, gate.Holder()));
  ASSERT_TRUE(executor->Submit(kInteractive, gate.Holder()));
  gate.AwaitEntered(2);
  std::atomic<int> ran = 0;
  auto reservation = executor->Reserve(kBulk, 3);
  ASSERT_TRUE(reservation);
  ASSERT_TRUE(executor->Submit(kBulk, [&] { ++ran; }));
  EXPECT_EQ(executor->Submit(kBulk, [&] { ++ran; }).error().reason, Reason::kQueueFull);
  EXPECT_EQ(executor->Reserve(kBulk, 1).error().reason, Reason::kQueueFull);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE((*reservation)->Submit([&] { ++ran; }));
  reservation->reset();
  EXPECT_TRUE(executor->Submit(kBulk, [&] { ++ran; })) << "the places are free again";
  gate.Open();
  executor->Stop();
  EXPECT_EQ(ran, 5);
}

TEST(ExecutorTest, RunsWhatWaitsBeforeItStopsAndTakesNoMore) {
  auto executor = MustStart(LimitsFor(2, 64, 1));
  auto reservation = executor->Reserve(kBulk, 1);
  ASSERT_TRUE(reservation);
  std::atomic<int> ran = 0;
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(executor->Submit(kBulk, [&] { ++ran; }));
  executor->Stop();
  EXPECT_EQ(ran, 50);
  EXPECT_EQ(executor->Submit(kInteractive, [] {}).error().reason, Reason::kShuttingDown);
  EXPECT_EQ(executor->Reserve(kBulk, 1).error().reason, Reason::kShuttingDown);
  EXPECT_EQ((*reservation)->Submit([] {}).error().reason, Reason::kShuttingDown);
}

TEST(ExecutorTest, RefusesLimitsUnderWhichLowerClassesCouldTakeEveryThread) {
  const auto refused = Executor::Start(LimitsFor(2, 4, 2));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kConfigInvalid);
  EXPECT_FALSE(Executor::Start(LimitsFor(1, 4, 1)));
  EXPECT_FALSE(Executor::Start(LimitsFor(2, 0, 1)));
}

TEST(ExecutorTest, NamesOfClassesAreReadBack) {
  for (const WorkClass work_class : {kInteractive, kFamily, kBulk}) {
    EXPECT_EQ(ParseWorkClass(Name(work_class)), work_class);
  }
  EXPECT_EQ(ParseWorkClass("urgent"), std::nullopt);
}

// Tasks from several threads, of random classes, on a random pool: each accepted one runs exactly
// once, and the lower classes together stay within their limit.
TEST(ExecutorTest, HoldsItsLimitsUnderAnyLoad) {
  EXPECT_TRUE(rc::check([] {
    const int threads = *rc::gen::inRange(2, 5);
    const int lower_running = *rc::gen::inRange(1, threads);
    const int waiting = *rc::gen::inRange(1, 20);
    const auto classes = *rc::gen::container<std::vector<WorkClass>>(
        40, rc::gen::element(kInteractive, kFamily, kBulk));
    Peak lower;
    Peak all;
    std::vector<std::atomic<int>> runs(classes.size() * 2);
    std::vector<std::atomic<bool>> accepted(runs.size());
    auto executor = MustStart(LimitsFor(threads, waiting, lower_running));
    const auto submit_all = [&](std::size_t first) {
      for (std::size_t i = 0; i < classes.size(); ++i) {
        Peak* const limited = classes[i] == kInteractive ? nullptr : &lower;
        auto& count = runs[first + i];
        accepted[first + i] = executor
                                  ->Submit(classes[i],
                                           [&all, limited, &count] {
                                             all.Enter();
                                             if (limited != nullptr) limited->Enter();
                                             std::this_thread::yield();
                                             ++count;
                                             if (limited != nullptr) limited->Leave();
                                             all.Leave();
                                           })
                                  .has_value();
      }
    };
    std::thread other(submit_all, classes.size());
    submit_all(0);
    other.join();
    executor->Stop();
    RC_ASSERT(lower.value() <= lower_running);
    RC_ASSERT(all.value() <= threads);
    for (std::size_t i = 0; i < runs.size(); ++i) RC_ASSERT(runs[i] == (accepted[i] ? 1 : 0));
  }));
}

}  // namespace
}  // namespace homeward
