#include "models/mmod_tile.h"

#include <algorithm>
#include <cstddef>

namespace homeward {
namespace {

using dnnl::memory;

constexpr int kLastSide = 9;  // of the convolution that gives the scores

// A buffer's start, after it was made large enough.
void* Room(memory& buffer, const memory::desc& shape, const dnnl::engine& engine) {
  const std::size_t bytes = shape.get_size();
  if (!buffer || buffer.get_desc().get_size() < bytes) {
    buffer = memory(
        {{static_cast<memory::dim>(bytes)}, memory::data_type::u8, memory::format_tag::x}, engine);
  }
  return buffer.get_data_handle();
}

int After(const FoldedConvolution& convolution, int side) {
  return (side + 2 * convolution.padding - convolution.kernel) / convolution.stride + 1;
}

}  // namespace

MmodTile::MmodTile(const FoldedNetwork& network, Precision precision, int rows, int columns,
                   MmodMemory& memory)
    : rows_(rows), columns_(columns) {
  const std::size_t count = network.convolutions.size();
  memory.layouts.resize(count);
  MapShape shape{1, 3, rows, columns};
  input_ = PlanarMap(shape);
  dnnl::memory::desc source = PlanarMap(shape, precision);
  if (source != input_) from_input_ = dnnl::reorder({memory.engine, input_, memory.engine, source});
  for (std::size_t i = 0; i < count; ++i) {
    const FoldedConvolution& convolution = network.convolutions[i];
    shape = {1, convolution.filters, After(convolution, shape.height),
             After(convolution, shape.width)};
    const bool is_last = i + 1 == count;
    const dnnl::memory::desc target =
        BlockedMap(shape, i + 2 < count ? precision : Precision::kFloat32);
    layers_.push_back(
        {MakeConvolution(memory.engine, convolution,
                         {.source = source, .target = target, .relu = !is_last}, memory.layouts[i]),
         source, target});
    source = target;
  }
  planes_ = PlanarMap(shape);
  to_planes_ = dnnl::reorder({memory.engine, source, memory.engine, planes_});
}

ScoreMap MmodTile::Run(const float* planes, float bias, MmodMemory& memory) const {
  const dnnl::engine& engine = memory.engine;
  dnnl::memory source(input_, engine, const_cast<float*>(planes));  // only read
  std::size_t next = 0;
  if (from_input_) {
    const dnnl::memory::desc& first = layers_.front().source;
    dnnl::memory converted(first, engine, Room(memory.buffers[1], first, engine));
    from_input_.execute(memory.stream, source, converted);
    source = converted;
  }
  for (const Layer& layer : layers_) {
    dnnl::memory target(layer.target, engine, Room(memory.buffers[next], layer.target, engine));
    const auto& scratchpad = layer.convolution.scratchpad;
    layer.convolution.primitive.execute(
        memory.stream,
        {{DNNL_ARG_SRC, source},
         {DNNL_ARG_DST, target},
         {DNNL_ARG_WEIGHTS, layer.convolution.weights},
         {DNNL_ARG_BIAS, layer.convolution.biases},
         {DNNL_ARG_SCRATCHPAD, {scratchpad, engine, Room(memory.buffers[2], scratchpad, engine)}}});
    source = target;
    next = 1 - next;
  }
  dnnl::memory taps(planes_, engine, Room(memory.buffers[next], planes_, engine));
  to_planes_.execute(memory.stream, source, taps);
  memory.stream.wait();
  const memory::dims sizes = planes_.dims();
  const std::size_t count = planes_.get_size() / sizeof(float);
  return AddTaps({static_cast<const float*>(taps.get_data_handle()), count}, kLastSide,
                 static_cast<int>(sizes[2]), static_cast<int>(sizes[3]), bias);
}

FoldedConvolution DivideIntoTaps(const FoldedConvolution& convolution) {
  const auto taps =
      static_cast<std::size_t>(convolution.kernel) * static_cast<std::size_t>(convolution.kernel);
  const auto channels = static_cast<std::size_t>(convolution.channels);
  FoldedConvolution divided{.filters = static_cast<int>(taps),
                            .channels = convolution.channels,
                            .kernel = 1,
                            .weights = std::vector<float>(taps * channels),
                            .biases = std::vector<float>(taps)};
  for (std::size_t i = 0; i < divided.weights.size(); ++i) {
    divided.weights[i] = convolution.weights[i % channels * taps + i / channels];
  }
  return divided;
}

ScoreMap AddTaps(std::span<const float> planes, int side, int rows, int columns, float bias) {
  const auto width = static_cast<std::size_t>(columns);
  const std::size_t places = static_cast<std::size_t>(rows) * width;
  ScoreMap map{.rows = rows, .columns = columns, .scores = std::vector<float>(places, bias)};
  for (int tap = 0; tap < side * side; ++tap) {
    const int down = tap / side - side / 2;
    const int right = tap % side - side / 2;
    const float* plane = planes.data() + static_cast<std::size_t>(tap) * places;
    const int first = std::max(0, -right);
    const int count = std::min(columns, columns - right) - first;
    for (int row = std::max(0, -down); row < std::min(rows, rows - down) && count > 0; ++row) {
      float* scores = &map.scores[static_cast<std::size_t>(row) * width];
      const float* moved = plane + static_cast<std::size_t>(row + down) * width;
      for (int column = first; column < first + count; ++column) {
        scores[column] += moved[column + right];
      }
    }
  }
  return map;
}

}  // namespace homeward
