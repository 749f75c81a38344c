// dlib's face recognition network laid out for oneDNN: what is the same for every worker. For
// adapters of oneDNN only: it brings oneDNN in.
#pragma once

#include <array>
#include <cstddef>
#include <dnnl.hpp>
#include <memory>
#include <variant>
#include <vector>

#include "matcher/error.h"
#include "models/folded_network.h"
#include "models/onednn_convolution.h"

namespace homeward {

// Maps are named by their place in ResnetPlan::map_floats.
struct ConvolutionStep {
  OnednnConvolution convolution;
  dnnl::memory::desc source_shape;
  dnnl::memory::desc target_shape;
  std::size_t source = 0;
  std::size_t target = 0;
};

// Runs for one chip at a time. What the target has beyond the source's channels becomes zero.
struct PoolingStep {
  dnnl::pooling_forward primitive;
  dnnl::memory::desc source_shape;  // of one chip
  dnnl::memory::desc target_shape;  // of one chip, as many channels as the source
  dnnl::memory::desc scratchpad;
  std::size_t source = 0;
  std::size_t target = 0;
};

// Adds a smaller map into the upper left corner of a larger one, then takes relu of the sum: how
// dlib adds maps of unequal size whose larger one is not negative.
struct CornerSumStep {
  std::size_t source = 0;
  std::size_t target = 0;
  int source_side = 0;
  int target_side = 0;
};

using ResnetStep = std::variant<ConvolutionStep, PoolingStep, CornerSumStep>;

// Immutable. Thread safe: oneDNN's primitives are, as long as each caller brings a stream, maps and
// a scratchpad of its own. To be built, and its steps run, by a SingleThread.
class ResnetPlan {
 public:
  static constexpr int kSidePx = 150;
  static constexpr int kDimension = 128;
  // Chips that may go through the body together. A vector's bits do not depend on it.
  static constexpr std::array kBatches = {8, 4, 2, 1};

  // Errors: kInternal, saying why: a network of another shape, no fast kernels here.
  static Result<std::shared_ptr<const ResnetPlan>> Build(FoldedNetwork network);

  const dnnl::engine& engine() const { return engine_; }
  // Chip by chip: from plane after plane of plain RGB in map kInput to the body's first map.
  const ConvolutionStep& stem() const { return stem_; }
  const PoolingStep& stem_pooling() const { return stem_pooling_; }
  // By place in kBatches: from there to map output().
  const std::vector<ResnetStep>& body(std::size_t batch) const { return bodies_[batch]; }
  std::size_t output() const { return map_floats_.size() - 1; }

  static constexpr std::size_t kInput = 0;
  static constexpr std::size_t kStem = 1;
  // Of one chip. The first two are filled chip by chip, the others hold a whole batch.
  const std::vector<std::size_t>& map_floats() const { return map_floats_; }
  std::size_t scratchpad_bytes() const { return scratchpad_bytes_; }
  std::size_t weight_bytes() const;

 private:
  class Builder;
  ResnetPlan() = default;

  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  std::vector<WeightLayouts> layouts_;  // by convolution
  ConvolutionStep stem_;
  PoolingStep stem_pooling_;
  std::array<std::vector<ResnetStep>, kBatches.size()> bodies_;
  std::vector<std::size_t> map_floats_;
  std::size_t scratchpad_bytes_ = 0;
};

}  // namespace homeward
