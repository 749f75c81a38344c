#include "models/resnet_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/resnet_samples.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;

class ResnetPlanTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!OnednnIsFastHere()) GTEST_SKIP() << "this processor has no AVX2";
  }
  static FoldedNetwork Network() { return testing::DlibResnet().Folded().value(); }
};

TEST_F(ResnetPlanTest, RefusesANetworkOfAnotherShape) {
  FoldedNetwork shorter = Network();
  shorter.convolutions.pop_back();
  EXPECT_THAT(ResnetPlan::Build(std::move(shorter)).error().message, HasSubstr("ResNet"));
  FoldedNetwork headless = Network();
  headless.head.pop_back();
  EXPECT_FALSE(ResnetPlan::Build(std::move(headless)));
  FoldedNetwork narrow = Network();
  narrow.convolutions[3].filters = 16;
  EXPECT_FALSE(ResnetPlan::Build(std::move(narrow)));
}

TEST_F(ResnetPlanTest, BatchesShareTheirWeights) {
  std::size_t plain = 0;
  for (const auto& convolution : Network().convolutions) plain += convolution.weights.size();
  const auto plan = ResnetPlan::Build(Network()).value();
  // Winograd keeps 36 numbers for 9, in the half of the network that it runs.
  EXPECT_LT(plan->weight_bytes(), 2 * plain * sizeof(float));
  for (std::size_t batch = 0; batch < ResnetPlan::kBatches.size(); ++batch) {
    EXPECT_EQ(plan->body(batch).size(), plan->body(0).size());
  }
}

}  // namespace
}  // namespace homeward
