#include "models/onednn_convolution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "models/single_thread.h"

namespace homeward {
namespace {

constexpr int kChannels = 32;
constexpr int kSide = 9;
constexpr std::size_t kPlaces = static_cast<std::size_t>(kChannels) * kSide * kSide;

FoldedConvolution SomeConvolution() {
  FoldedConvolution convolution{.filters = kChannels,
                                .channels = kChannels,
                                .kernel = 3,
                                .stride = 1,
                                .padding = 1,
                                .weights = std::vector<float>(9UL * kChannels * kChannels),
                                .biases = std::vector<float>(kChannels)};
  for (std::size_t i = 0; i < convolution.weights.size(); ++i) {
    convolution.weights[i] = 0.1F * std::sin(static_cast<float>(i * i % 1009));
  }
  for (std::size_t i = 0; i < convolution.biases.size(); ++i) {
    convolution.biases[i] = std::cos(static_cast<float>(i));
  }
  return convolution;
}

// Planes of numbers, by channel, row and column.
std::vector<float> SomeMap(float frequency) {
  std::vector<float> map(kPlaces);
  for (std::size_t i = 0; i < map.size(); ++i) map[i] = std::sin(frequency * static_cast<float>(i));
  return map;
}

// Straight from the definition, added to `target`, then relu.
std::vector<float> Expected(const FoldedConvolution& convolution, const std::vector<float>& source,
                            std::vector<float> target) {
  for (int filter = 0; filter < kChannels; ++filter) {
    for (int place = 0; place < kSide * kSide; ++place) {
      double sum = convolution.biases[static_cast<std::size_t>(filter)];
      for (int tap = 0; tap < kChannels * 9; ++tap) {
        const int row = place / kSide + tap % 9 / 3 - 1;
        const int column = place % kSide + tap % 3 - 1;
        if (row < 0 || row >= kSide || column < 0 || column >= kSide) continue;
        const auto at = static_cast<std::size_t>((tap / 9 * kSide + row) * kSide + column);
        sum += static_cast<double>(
                   convolution.weights[static_cast<std::size_t>(filter * kChannels * 9 + tap)]) *
               source[at];
      }
      float& out = target[static_cast<std::size_t>(filter * kSide * kSide + place)];
      out = std::max(0.0F, static_cast<float>(out + sum));
    }
  }
  return target;
}

// `batch` copies of the maps through oneDNN; the last copy's target, as planes.
std::vector<float> ThroughOnednn(const FoldedConvolution& convolution, ConvolutionKernel kernel,
                                 int batch, const std::vector<float>& source,
                                 const std::vector<float>& target) {
  const SingleThread alone;
  const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  dnnl::stream stream(engine);
  const MapShape shape{batch, kChannels, kSide, kSide};
  WeightLayouts layouts;
  const auto made = MakeConvolution(engine, convolution,
                                    {.source = BlockedMap(shape),
                                     .target = BlockedMap(shape),
                                     .kernel = kernel,
                                     .adds_to_target = true,
                                     .relu = true},
                                    layouts);
  EXPECT_EQ(layouts.size(), 1U);
  dnnl::memory planes(PlanarMap(shape), engine);
  dnnl::memory from(BlockedMap(shape), engine);
  dnnl::memory to(BlockedMap(shape), engine);
  dnnl::memory scratchpad(made.scratchpad, engine);
  const auto fill = [&](const std::vector<float>& values, dnnl::memory& map) {
    auto* floats = static_cast<float*>(planes.get_data_handle());
    for (int i = 0; i < batch; ++i) floats = std::ranges::copy(values, floats).out;
    dnnl::reorder(planes, map).execute(stream, planes, map);
  };
  fill(source, from);
  fill(target, to);
  made.primitive.execute(stream, {{DNNL_ARG_SRC, from},
                                  {DNNL_ARG_DST, to},
                                  {DNNL_ARG_WEIGHTS, made.weights},
                                  {DNNL_ARG_BIAS, made.biases},
                                  {DNNL_ARG_SCRATCHPAD, scratchpad}});
  dnnl::reorder(to, planes).execute(stream, to, planes);
  stream.wait();
  const auto* floats = static_cast<const float*>(planes.get_data_handle()) +
                       static_cast<std::size_t>(batch - 1) * kPlaces;
  return {floats, floats + kPlaces};
}

class OnednnConvolutionTest : public ::testing::TestWithParam<ConvolutionKernel> {
 protected:
  void SetUp() override {
    if (!OnednnIsFastHere()) GTEST_SKIP() << "this processor has no AVX2";
  }
};

TEST_P(OnednnConvolutionTest, GivesWhatTheDefinitionGives) {
  const auto convolution = SomeConvolution();
  const auto source = SomeMap(0.7F);
  const auto target = SomeMap(1.3F);
  const auto expected = Expected(convolution, source, target);
  const auto got = ThroughOnednn(convolution, GetParam(), 1, source, target);
  for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(got[i], expected[i], 1e-5) << i;
}

TEST_P(OnednnConvolutionTest, GivesTheSameBitsInEveryBatch) {
  const auto convolution = SomeConvolution();
  const auto source = SomeMap(0.7F);
  const auto target = SomeMap(1.3F);
  const auto alone = ThroughOnednn(convolution, GetParam(), 1, source, target);
  for (const int batch : {2, 4, 8}) {
    EXPECT_EQ(ThroughOnednn(convolution, GetParam(), batch, source, target), alone) << batch;
  }
}

TEST_P(OnednnConvolutionTest, UsesOfOneConvolutionShareItsWeights) {
  const auto convolution = SomeConvolution();
  const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  const SingleThread alone;
  WeightLayouts layouts;
  for (const int batch : {1, 2, 4, 8}) {
    const auto shape = BlockedMap({batch, kChannels, kSide, kSide});
    const ConvolutionUse use{.source = shape, .target = shape, .kernel = GetParam()};
    MakeConvolution(engine, convolution, use, layouts);
  }
  EXPECT_EQ(layouts.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Kernels, OnednnConvolutionTest,
                         ::testing::Values(ConvolutionKernel::kDirect,
                                           ConvolutionKernel::kWinograd),
                         [](const auto& kernel) {
                           return kernel.param == ConvolutionKernel::kDirect ? "Direct"
                                                                             : "Winograd";
                         });

}  // namespace
}  // namespace homeward
