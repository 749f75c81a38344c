#include "server/records/analyzer_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>

#include "tests/testing/gate.h"
#include "tests/testing/synthetic_faces.h"

namespace homeward {
namespace {

using namespace homeward::testing;

std::vector<std::unique_ptr<FaceAnalyzer>> Analyzers(int count) {
  std::vector<std::unique_ptr<FaceAnalyzer>> analyzers;
  for (int i = 0; i < count; ++i) analyzers.push_back(MakeSyntheticAnalyzer());
  return analyzers;
}

TEST(AnalyzerPoolTest, LeasesAnAnalyzerToOneAtATime) {
  constexpr int kAnalyzers = 3;
  AnalyzerPool pool(Analyzers(kAnalyzers));
  std::mutex mutex;
  std::set<FaceAnalyzer*> leased;
  std::size_t most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) {
        const AnalyzerPool::Lease lease = pool.Acquire();
        {
          const std::lock_guard lock(mutex);
          EXPECT_TRUE(leased.insert(lease.operator->()).second) << "leased twice";
          most = std::max(most, leased.size());
        }
        std::this_thread::yield();
        const std::lock_guard lock(mutex);
        leased.erase(lease.operator->());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, std::size_t{kAnalyzers});
}

TEST(AnalyzerPoolTest, IsGivenBackWhateverEndsTheWork) {
  AnalyzerPool pool(Analyzers(1));
  for (int time = 0; time < 3; ++time) {
    EXPECT_THROW(
        {
          const auto lease = pool.Acquire();
          throw std::runtime_error("the network broke");
        },
        std::runtime_error);
  }
  {
    const auto lease = pool.Acquire();
  }
  AnalyzerPool::Lease first = pool.Acquire();
  FaceAnalyzer* const analyzer = first.operator->();
  {
    const AnalyzerPool::Lease moved = std::move(first);
    EXPECT_EQ(moved.operator->(), analyzer);
  }
  EXPECT_EQ(pool.Acquire().operator->(), analyzer) << "given back once, by the one moved to";
}

TEST(AnalyzerPoolTest, WakesOneWaiterForEachAnalyzerThatComesBack) {
  AnalyzerPool pool(Analyzers(2));
  auto first = std::make_optional(pool.Acquire());
  auto second = std::make_optional(pool.Acquire());
  std::vector<std::future<void>> waiting;
  Gate gate;
  for (int i = 0; i < 4; ++i) {
    waiting.push_back(std::async(std::launch::async, [&pool, hold = gate.Holder()] {
      const auto lease = pool.Acquire();
      hold();
    }));
  }
  first.reset();
  gate.AwaitEntered(1);
  second.reset();
  gate.AwaitEntered(2);
  gate.Open();
  for (auto& each : waiting) each.get();
}

TEST(AnalyzerPoolTest, KnowsItsSpaceWhileEveryAnalyzerIsOut) {
  AnalyzerPool pool(Analyzers(1));
  const auto lease = pool.Acquire();
  EXPECT_THAT(pool.spaces(), ::testing::ElementsAre(SyntheticSpace()));
}

}  // namespace
}  // namespace homeward
