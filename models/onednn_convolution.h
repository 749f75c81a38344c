// One convolution as oneDNN runs it. For adapters of oneDNN only: it brings oneDNN in.
#pragma once

#include <cstdint>
#include <dnnl.hpp>
#include <vector>

#include "models/folded_network.h"
#include "models/onednn_precision.h"

namespace homeward {

struct MapShape {
  int batch = 1;
  int channels = 0;
  int height = 0;
  int width = 0;
};

// Whether this processor has instructions that oneDNN's fast kernels are made of: AVX2 or more.
bool OnednnIsFastHere();
// Whether it multiplies pairs of 16-bit floats (AVX512_BF16). Elsewhere oneDNN would imitate that,
// slower than 32 bits.
bool Bfloat16IsFastHere();

// In blocks of as many channels as a register of floats holds on this processor; any other layout
// falls back to slow kernels.
dnnl::memory::desc BlockedMap(const MapShape& shape, Precision precision = Precision::kFloat32);
int ChannelsInABlock();
// One plane a channel.
dnnl::memory::desc PlanarMap(const MapShape& shape, Precision precision = Precision::kFloat32);

// Direct, or Winograd's F(4 x 4, 3 x 3) where oneDNN has it for this processor. Both add in an
// order that does not depend on the batch, up to batches of 8. (What oneDNN would choose by itself
// does depend on it.)
enum class ConvolutionKernel : std::uint8_t { kDirect, kWinograd };

struct ConvolutionUse {
  dnnl::memory::desc source;  // weights are stored in its precision
  dnnl::memory::desc target;
  ConvolutionKernel kernel = ConvolutionKernel::kDirect;
  bool adds_to_target = false;
  bool relu = true;  // after that
};

// The weights of one convolution in the layouts that its uses want, each kept once.
using WeightLayouts = std::vector<dnnl::memory>;

struct OnednnConvolution {
  dnnl::convolution_forward primitive;
  dnnl::memory weights;
  dnnl::memory biases;
  dnnl::memory::desc scratchpad;  // whoever runs it brings it
};

// Errors: dnnl::error, also where oneDNN has no compiled kernel.
OnednnConvolution MakeConvolution(const dnnl::engine& engine, const FoldedConvolution& convolution,
                                  const ConvolutionUse& use, WeightLayouts& layouts);

}  // namespace homeward
