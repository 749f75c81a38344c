// dlib's max-margin detector laid out for oneDNN, for tiled pyramids of one size. For adapters of
// oneDNN only: it brings oneDNN in.
#pragma once

#include <dnnl.hpp>
#include <span>
#include <vector>

#include "models/folded_network.h"
#include "models/onednn_convolution.h"

namespace homeward {

// Scores by place, row after row: how much each looks like a face.
struct ScoreMap {
  int rows = 0;
  int columns = 0;
  std::vector<float> scores;
};

// What one worker keeps from one picture to the next. Grows to what the largest took.
struct MmodMemory {
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  std::vector<WeightLayouts> layouts;                // by convolution
  std::vector<dnnl::memory> buffers = {{}, {}, {}};  // maps in turns, and the scratchpad
};

// Thread safety: none. To be built and run by a SingleThread.
class MmodTile {
 public:
  // `network`: folded, its last convolution divided into taps by DivideIntoTaps; that one is run in
  // 32 bits, the others in `precision`. Errors of all methods: dnnl::error.
  MmodTile(const FoldedNetwork& network, Precision precision, int rows, int columns,
           MmodMemory& memory);

  int rows() const { return rows_; }
  int columns() const { return columns_; }

  // `planes`: dlib's input, rows() x columns() of red, green and blue.
  ScoreMap Run(const float* planes, float bias, MmodMemory& memory) const;

 private:
  struct Layer {
    OnednnConvolution convolution;
    dnnl::memory::desc source;
    dnnl::memory::desc target;
  };

  int rows_;
  int columns_;
  dnnl::memory::desc input_;
  dnnl::reorder from_input_;  // to the precision of the first layer; empty where that is its own
  std::vector<Layer> layers_;
  dnnl::reorder to_planes_;
  dnnl::memory::desc planes_;
};

// A convolution of one filter as one of a place and as many filters as it has taps, whose outputs
// are then added, each moved by its tap. Run as it is, fifteen of sixteen lanes would be idle.
FoldedConvolution DivideIntoTaps(const FoldedConvolution& convolution);

// Adds planes of taps x rows x columns, each moved by its place in a square of `side` around the
// middle. What lies outside counts as nought.
ScoreMap AddTaps(std::span<const float> planes, int side, int rows, int columns, float bias);

}  // namespace homeward
