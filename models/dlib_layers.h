// dlib's layers read into a FoldedNetwork. For adapters of dlib's networks only: it brings dlib in.
#pragma once

#include <dlib/dnn.h>

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/folded_network.h"

namespace homeward {

// Takes dlib's layers in the order in which dlib shows them, from the output to the input, so an
// affine layer comes before the convolution that it follows. What has no weights is passed over.
class DlibLayers {
 public:
  explicit DlibLayers(FoldedNetwork& network) : network_(network) {}

  template <long filters, long rows, long columns, int stride_y, int stride_x, int padding_y,
            int padding_x>
  void Take(
      dlib::con_<filters, rows, columns, stride_y, stride_x, padding_y, padding_x>& convolution) {
    static_assert(rows == columns && stride_y == stride_x);
    const dlib::tensor& values = convolution.get_layer_params();
    const std::size_t count = static_cast<std::size_t>(filters);
    const std::size_t taps = static_cast<std::size_t>(rows * columns);
    const std::size_t biases = convolution.bias_is_disabled() ? 0 : count;
    FoldedConvolution folded{.filters = static_cast<int>(filters),
                             .channels = static_cast<int>((values.size() - biases) / count / taps),
                             .kernel = static_cast<int>(rows),
                             .stride = stride_y,
                             .padding = static_cast<int>(convolution.padding_y()),
                             .weights = {values.begin(), values.end() - static_cast<long>(biases)},
                             .biases = {values.end() - static_cast<long>(biases), values.end()}};
    folded.biases.resize(count);
    Scale(folded);
    network_.convolutions.push_back(std::move(folded));
  }

  // dlib gives no access to gamma and beta but through their serialized form.
  void Take(dlib::affine_& affine) {
    std::stringstream stream;
    serialize(affine, stream);  // a friend, found by its argument alone
    std::string version;
    dlib::deserialize(version, stream);
    dlib::resizable_tensor values;
    dlib::deserialize(values, stream);
    scales_.assign(values.begin(), values.end());
  }

  template <unsigned long outputs, dlib::fc_bias_mode bias>
  void Take(dlib::fc_<outputs, bias>& head) {
    static_assert(bias == dlib::FC_NO_BIAS);
    const dlib::tensor& values = head.get_layer_params();
    network_.head.assign(values.begin(), values.end());
  }

  template <typename Layer>
  void Take(Layer&) {}

 private:
  void Scale(FoldedConvolution& folded) {
    if (scales_.empty()) return;
    const std::size_t filters = folded.biases.size();
    if (scales_.size() != 2 * filters) throw std::runtime_error("an affine layer does not fit");
    const std::size_t weights = folded.weights.size() / filters;
    for (std::size_t filter = 0; filter < filters; ++filter) {
      const float gamma = scales_[filter];
      for (std::size_t i = 0; i < weights; ++i) folded.weights[filter * weights + i] *= gamma;
      folded.biases[filter] = folded.biases[filter] * gamma + scales_[filters + filter];
    }
    scales_.clear();
  }

  FoldedNetwork& network_;
  std::vector<float> scales_;  // of the affine layer that was met last: gammas, then betas
};

// `network`: of dlib, with its weights. Errors: an exception for one that cannot be folded.
template <typename Net>
FoldedNetwork Fold(Net& network) {
  FoldedNetwork folded;
  DlibLayers layers(folded);
  dlib::visit_computational_layers(network,
                                   [&layers](std::size_t, auto& layer) { layers.Take(layer); });
  std::ranges::reverse(folded.convolutions);
  return folded;
}

}  // namespace homeward
