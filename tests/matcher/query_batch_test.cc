#include "matcher/query_batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <latch>
#include <random>
#include <thread>
#include <vector>

#include "matcher/flat_index.h"

namespace homeward {
namespace {

// Answers k with slot k, and keeps how many were asked at once.
struct Answers {
  std::vector<std::vector<SlotHit>> operator()(std::span<const SlotQuery> queries) {
    sizes.push_back(queries.size());
    std::vector<std::vector<SlotHit>> hits;
    for (const SlotQuery& each : queries) hits.push_back({{each.k, 0}});
    return hits;
  }
  std::vector<std::size_t> sizes;
};

TEST(QueryBatchTest, ALoneCallerIsAnsweredAtOnceAndAlone) {
  Answers answers;
  QueryBatch batch([&](auto queries) { return answers(queries); });
  for (const int k : {3, 4}) {
    EXPECT_THAT(batch.Ask({{}, k, nullptr}), testing::ElementsAre(SlotHit{k, 0}));
  }
  EXPECT_THAT(answers.sizes, testing::ElementsAre(1, 1));
  EXPECT_EQ(batch.waiting(), 0u);
}

TEST(QueryBatchTest, ThoseWhoComeMeanwhileAreAnsweredTogetherEachWithItsOwn) {
  Answers answers;
  std::latch begun(1);
  std::latch go_on(1);
  QueryBatch batch([&](auto queries) {
    if (answers.sizes.empty()) {
      begun.count_down();
      go_on.wait();
    }
    return answers(queries);
  });
  std::atomic<int> wrong = 0;
  const auto ask = [&](int k) {
    if (batch.Ask({{}, k, nullptr}) != std::vector<SlotHit>{{k, 0}}) ++wrong;
  };
  {
    std::vector<std::jthread> callers;
    callers.emplace_back(ask, 1);
    begun.wait();
    for (int k = 2; k <= 12; ++k) callers.emplace_back(ask, k);
    while (batch.waiting() < 11) std::this_thread::yield();
    go_on.count_down();
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_THAT(answers.sizes, testing::ElementsAre(1, QueryBatch::kMost, 3));
}

std::vector<float> RandomRow(std::mt19937& random) {
  std::normal_distribution<float> normal(0, 0.1F);
  std::vector<float> row(4);
  for (float& each : row) each = normal(random);
  return row;
}

// So many rows that their index answers callers together; run under a race detector.
TEST(QueryBatchTest, CallersOfOneIndexGetTheSameAnswersAtTheSameTimeAsOneAfterTheOther) {
  std::mt19937 random(1);
  FlatIndex index(4);
  constexpr Slot kSize = 70'000;
  for (Slot i = 0; i < kSize; ++i) ASSERT_TRUE(index.Add(RandomRow(random)));
  const SlotFilter all = SlotFilter::Of(kSize);
  SlotFilter some(kSize);
  for (Slot i = 0; i < kSize; ++i) {
    if (random() % 100 == 0) some.Allow(i);
  }
  const auto snapshot = index.Pin();
  std::vector<std::vector<float>> vectors;
  std::vector<std::vector<SlotHit>> expected;
  for (int i = 0; i < 40; ++i) {
    const SlotQuery query{vectors.emplace_back(RandomRow(random)), 1 + i % 7, i % 3 ? &all : &some};
    expected.push_back(snapshot->SearchTogether({&query, 1}).front());
  }
  std::atomic<int> wrong = 0;
  std::atomic<int> next = 0;
  const auto ask = [&] {
    for (int i = 0; (i = next++) < 400;) {
      const auto which = static_cast<std::size_t>(i % 40);
      const SlotFilter& filter = i % 40 % 3 ? all : some;
      if (snapshot->Search(vectors[which], 1 + i % 40 % 7, filter) != expected[which]) ++wrong;
    }
  };
  std::vector<std::jthread> callers;
  for (int i = 0; i < 10; ++i) callers.emplace_back(ask);
  callers.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace homeward
