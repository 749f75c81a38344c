#include "models/folded_network.h"

#include <array>
#include <cstddef>

namespace homeward {
namespace {

// dlib's input_rgb_image: means of red, green and blue, and what is divided by.
constexpr std::array<float, 3> kMeans = {122.782F, 117.001F, 104.298F};
constexpr float kDivisor = 256.0F;

}  // namespace

void FoldInput(FoldedConvolution& first) {
  const auto taps = static_cast<std::size_t>(first.kernel) * static_cast<std::size_t>(first.kernel);
  for (std::size_t filter = 0; filter < first.biases.size(); ++filter) {
    double bias = first.biases[filter];
    for (std::size_t tap = 0; tap < kMeans.size() * taps; ++tap) {
      float& weight = first.weights[filter * kMeans.size() * taps + tap];
      weight /= kDivisor;  // exact: a power of two
      bias -= static_cast<double>(weight) * kMeans[tap / taps];
    }
    first.biases[filter] = static_cast<float>(bias);
  }
}

FoldedConvolution MiddleOf(const FoldedConvolution& convolution) {
  FoldedConvolution middle = convolution;
  const auto taps =
      static_cast<std::size_t>(convolution.kernel) * static_cast<std::size_t>(convolution.kernel);
  middle.kernel = 1;
  middle.padding = 0;
  middle.weights.resize(convolution.weights.size() / taps);
  for (std::size_t i = 0; i < middle.weights.size(); ++i) {
    middle.weights[i] = convolution.weights[i * taps + taps / 2];
  }
  return middle;
}

}  // namespace homeward
