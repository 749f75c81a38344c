#include "server/evaluate/work_share.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <vector>

namespace homeward {
namespace {

TEST(WorkShareTest, RunsEveryPieceOnceWhateverTheNumberOfThreads) {
  for (const int threads : {1, 2, 7}) {
    std::vector<std::atomic<int>> runs(500);
    const Worker worker = [&](std::size_t piece) -> Result<void> {
      ++runs[piece];
      return {};
    };
    ASSERT_TRUE(ShareOut(runs.size(), threads, [&]() -> Result<Worker> { return worker; }));
    for (const auto& count : runs) EXPECT_EQ(count, 1);
  }
}

TEST(WorkShareTest, GivesEachThreadAWorkerOfItsOwn) {
  std::atomic<int> made = 0;
  const auto make = [&]() -> Result<Worker> {
    ++made;
    return [](std::size_t) -> Result<void> { return {}; };
  };
  ASSERT_TRUE(ShareOut(0, 3, make));
  EXPECT_EQ(made, 3);
}

TEST(WorkShareTest, StopsAtTheFirstErrorAndReturnsIt) {
  std::atomic<int> runs = 0;
  const Worker worker = [&](std::size_t piece) -> Result<void> {
    ++runs;
    if (piece == 3) return Fail(Reason::kCancelled, "enough");
    return {};
  };
  const auto done = ShareOut(1'000'000, 1, [&]() -> Result<Worker> { return worker; });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, Reason::kCancelled);
  EXPECT_EQ(runs, 4);
}

TEST(WorkShareTest, DoesNothingWithoutAWorker) {
  const auto done = ShareOut(
      9, 2, []() -> Result<Worker> { return Fail(Reason::kModelFileMissing, "no weights"); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, Reason::kModelFileMissing);
}

}  // namespace
}  // namespace homeward
