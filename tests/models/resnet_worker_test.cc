#include "models/resnet_worker.h"

#include <gtest/gtest.h>

#include "models/embedder_trial.h"
#include "models/single_thread.h"
#include "tests/models/resnet_samples.h"

namespace homeward {
namespace {

TEST(ResnetWorkerTest, AVectorsBitsDependNeitherOnItsCompanyNorOnItsPlace) {
  if (!OnednnIsFastHere()) GTEST_SKIP() << "this processor has no AVX2";
  const SingleThread alone;
  ResnetWorker worker(ResnetPlan::Build(testing::DlibResnet().Folded().value()).value());
  const auto chips = TrialChips(ResnetPlan::kSidePx);
  const auto all = worker.Run(chips);
  ASSERT_EQ(all.size(), chips.size());
  for (std::size_t count = 1; count <= 9; ++count) {
    const std::size_t first = 10 - count;
    const auto some = worker.Run(std::span(chips).subspan(first, count));
    ASSERT_EQ(some.size(), count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(some[i], all[first + i]) << count;
  }
}

}  // namespace
}  // namespace homeward
