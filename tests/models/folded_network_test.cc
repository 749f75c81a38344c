#include "models/folded_network.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace homeward {
namespace {

TEST(FoldedNetworkTest, PlainBytesThroughAFoldedConvolutionGiveWhatDlibsInputGives) {
  FoldedConvolution convolution{.filters = 2,
                                .channels = 3,
                                .kernel = 2,
                                .stride = 2,
                                .padding = 0,
                                .weights = std::vector<float>(24),
                                .biases = {0.5F, -3}};
  for (std::size_t i = 0; i < convolution.weights.size(); ++i) {
    convolution.weights[i] = std::sin(static_cast<float>(7 * i));
  }
  FoldedConvolution folded = convolution;
  FoldInput(folded);
  constexpr std::array kMeans = {122.782, 117.001, 104.298};
  for (std::size_t filter = 0; filter < 2; ++filter) {
    double expected = convolution.biases[filter];
    double got = folded.biases[filter];
    for (std::size_t tap = 0; tap < 12; ++tap) {
      const auto byte = static_cast<double>(tap * 53 % 256);
      expected += static_cast<double>(convolution.weights[filter * 12 + tap]) *
                  (byte - kMeans[tap / 4]) / 256;
      got += static_cast<double>(folded.weights[filter * 12 + tap]) * byte;
    }
    EXPECT_NEAR(got, expected, 1e-6);
  }
}

TEST(FoldedNetworkTest, OfASinglePlaceAConvolutionSeesTheMiddle) {
  FoldedConvolution convolution{.filters = 1,
                                .channels = 2,
                                .kernel = 3,
                                .stride = 1,
                                .padding = 1,
                                .weights = std::vector<float>(18),
                                .biases = {7}};
  convolution.weights[4] = 2;
  convolution.weights[13] = 3;
  const FoldedConvolution middle = MiddleOf(convolution);
  EXPECT_EQ(middle.kernel, 1);
  EXPECT_EQ(middle.padding, 0);
  EXPECT_EQ(middle.weights, (std::vector<float>{2, 3}));
  EXPECT_EQ(middle.biases, convolution.biases);
}

}  // namespace
}  // namespace homeward
