#include "models/resnet_plan.h"

#include <algorithm>
#include <string>
#include <utility>

#include "models/single_thread.h"

namespace homeward {
namespace {

// The network after its stem: levels of residual blocks. Every level but the first begins with a
// block that halves the side.
struct Level {
  int channels;
  int plain_blocks;
};
constexpr std::array kLevels = {Level{32, 3}, Level{64, 3}, Level{128, 2}, Level{256, 2},
                                Level{256, 0}};
constexpr int kStemFilters = 32;
constexpr int kStemSide = 72;   // after its convolution: 7 x 7, every second place, no padding
constexpr int kFirstSide = 35;  // after its pooling: 3 x 3, every second place
constexpr int kHeadInputs = 256;
constexpr std::size_t kBlockConvolutions = 2;
// On smaller maps Winograd saves less than its weights, four times as many, cost to read.
constexpr int kLeastWinogradSide = 17;

constexpr int HalvedByConvolution(int side) { return (side - 3) / 2 + 1; }
constexpr int HalvedByPooling(int side) { return side / 2; }

std::size_t Convolutions() {
  std::size_t count = 1;
  for (const Level& level : kLevels) {
    const bool halves = &level != kLevels.data();
    count += kBlockConvolutions * (static_cast<std::size_t>(level.plain_blocks) + (halves ? 1 : 0));
  }
  return count;
}

// The fully connected end as a convolution of one place.
FoldedConvolution HeadOf(const FoldedNetwork& network) {
  FoldedConvolution head{.filters = ResnetPlan::kDimension,
                         .channels = kHeadInputs,
                         .kernel = 1,
                         .weights = std::vector<float>(network.head.size()),
                         .biases = std::vector<float>(ResnetPlan::kDimension)};
  for (std::size_t i = 0; i < network.head.size(); ++i) {
    const std::size_t input = i / ResnetPlan::kDimension;
    const std::size_t output = i % ResnetPlan::kDimension;
    head.weights[output * kHeadInputs + input] = network.head[i];
  }
  return head;
}

}  // namespace

// Lays out the body for one batch after the other; the maps are the same for all.
class ResnetPlan::Builder {
 public:
  Builder(ResnetPlan& plan, std::vector<FoldedConvolution> convolutions)
      : plan_(plan), convolutions_(std::move(convolutions)) {
    plan_.layouts_.resize(convolutions_.size());
  }

  void LayOut() {
    NewMap(3, kSidePx);
    NewMap(kStemFilters, kStemSide);
    const std::size_t first = NewMap(kStemFilters, kFirstSide);
    plan_.stem_ = Convolve(kInput, kStem, {.relu = true});
    plan_.stem_pooling_ = Pool(kStem, first, dnnl::algorithm::pooling_max, 3);
    const std::size_t body_maps = maps_.size();
    for (std::size_t i = 0; i < kBatches.size(); ++i) {
      batch_ = kBatches[i];
      maps_.resize(body_maps);
      next_ = 1;  // the stem's convolution is done
      LayOutBody(first, plan_.bodies_[i]);
    }
    for (const Map& map : maps_) plan_.map_floats_.push_back(FloatsOf(map));
  }

 private:
  struct Map {
    int channels;
    int side;
  };
  struct Ends {
    bool adds_to_target = false;
    bool relu = true;
  };

  static std::size_t FloatsOf(const Map& map) {
    return static_cast<std::size_t>(map.channels) * static_cast<std::size_t>(map.side) *
           static_cast<std::size_t>(map.side);
  }

  std::size_t NewMap(int channels, int side) {
    maps_.push_back({channels, side});
    return maps_.size() - 1;
  }

  MapShape ShapeOf(std::size_t map, int batch) const {
    return {batch, maps_[map].channels, maps_[map].side, maps_[map].side};
  }

  // The next of the network's convolutions.
  ConvolutionStep Convolve(std::size_t source, std::size_t target, Ends ends) {
    FoldedConvolution& convolution = convolutions_.at(next_);
    if (convolution.channels != maps_[source].channels ||
        convolution.filters != maps_[target].channels) {
      throw dnnl::error(dnnl_invalid_arguments, "a convolution of another shape than expected");
    }
    if (maps_[source].side == 1 && convolution.kernel > 1) convolution = MiddleOf(convolution);
    const bool winograd = convolution.kernel == 3 && convolution.stride == 1 &&
                          maps_[source].side >= kLeastWinogradSide;
    const MapShape source_shape = ShapeOf(source, batch_);
    ConvolutionStep step;
    step.source = source;
    step.target = target;
    step.source_shape = source == kInput ? PlanarMap(source_shape) : BlockedMap(source_shape);
    step.target_shape = BlockedMap(ShapeOf(target, batch_));
    step.convolution = MakeConvolution(
        plan_.engine_, convolution,
        {.source = step.source_shape,
         .target = step.target_shape,
         .kernel = winograd ? ConvolutionKernel::kWinograd : ConvolutionKernel::kDirect,
         .adds_to_target = ends.adds_to_target,
         .relu = ends.relu},
        plan_.layouts_[next_++]);
    NeedScratchpad(step.convolution.scratchpad);
    return step;
  }

  PoolingStep Pool(std::size_t source, std::size_t target, dnnl::algorithm algorithm, int window) {
    MapShape pooled = ShapeOf(target, 1);
    pooled.channels = maps_[source].channels;
    PoolingStep step;
    step.source = source;
    step.target = target;
    step.source_shape = BlockedMap(ShapeOf(source, 1));
    step.target_shape = BlockedMap(pooled);
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    const dnnl::pooling_forward::primitive_desc found({dnnl::prop_kind::forward_inference,
                                                       algorithm,
                                                       step.source_shape,
                                                       step.target_shape,
                                                       {2, 2},
                                                       {window, window},
                                                       {0, 0},
                                                       {0, 0}},
                                                      attributes, plan_.engine_);
    step.primitive = dnnl::pooling_forward(found);
    step.scratchpad = found.scratchpad_desc();
    NeedScratchpad(step.scratchpad);
    return step;
  }

  PoolingStep MeanOfFour(std::size_t source, std::size_t target) {
    return Pool(source, target, dnnl::algorithm::pooling_avg_exclude_padding, 2);
  }

  void NeedScratchpad(const dnnl::memory::desc& wanted) {
    plan_.scratchpad_bytes_ = std::max(plan_.scratchpad_bytes_, wanted.get_size());
  }

  void LayOutBody(std::size_t first, std::vector<ResnetStep>& steps) {
    std::size_t map = first;
    for (const Level& level : kLevels) {
      if (&level != kLevels.data()) map = Halve(map, level.channels, steps);
      if (level.plain_blocks == 0) continue;
      const std::size_t inner = NewMap(level.channels, maps_[map].side);
      for (int block = 0; block < level.plain_blocks; ++block) {
        steps.emplace_back(Convolve(map, inner, {}));
        steps.emplace_back(Convolve(inner, map, {.adds_to_target = true}));
      }
    }
    const std::size_t mean = NewMap(kHeadInputs, 1);
    steps.emplace_back(MeanOfFour(map, mean));
    steps.emplace_back(Convolve(mean, NewMap(kDimension, 1), {.relu = false}));
  }

  // The first block of a level, beside which the map is averaged. Where the two halves come out
  // unequal, dlib adds the smaller one into a corner.
  std::size_t Halve(std::size_t source, int channels, std::vector<ResnetStep>& steps) {
    const int side = maps_[source].side;
    const std::size_t inner = NewMap(channels, HalvedByConvolution(side));
    const std::size_t target = NewMap(channels, HalvedByPooling(side));
    steps.emplace_back(Convolve(source, inner, {}));
    steps.emplace_back(MeanOfFour(source, target));
    if (maps_[inner].side == maps_[target].side) {
      steps.emplace_back(Convolve(inner, target, {.adds_to_target = true}));
      return target;
    }
    const std::size_t corner = NewMap(channels, maps_[inner].side);
    steps.emplace_back(Convolve(inner, corner, {.relu = false}));
    steps.emplace_back(CornerSumStep{corner, target, maps_[corner].side, maps_[target].side});
    return target;
  }

  ResnetPlan& plan_;
  std::vector<FoldedConvolution> convolutions_;
  std::vector<Map> maps_;
  int batch_ = 1;
  std::size_t next_ = 0;
};

Result<std::shared_ptr<const ResnetPlan>> ResnetPlan::Build(FoldedNetwork network) try {
  if (!OnednnIsFastHere()) {
    return Fail(Reason::kInternal, "this processor has no AVX2, which oneDNN's fast kernels need");
  }
  if (network.convolutions.size() != Convolutions() ||
      network.head.size() != static_cast<std::size_t>(kHeadInputs) * kDimension) {
    return Fail(Reason::kInternal, "the network is not dlib's ResNet");
  }
  const SingleThread alone;
  FoldInput(network.convolutions.front());
  network.convolutions.push_back(HeadOf(network));
  std::shared_ptr<ResnetPlan> plan(new ResnetPlan);
  Builder(*plan, std::move(network.convolutions)).LayOut();
  return plan;
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("oneDNN: ") + error.what());
}

std::size_t ResnetPlan::weight_bytes() const {
  std::size_t bytes = 0;
  for (const WeightLayouts& layouts : layouts_) {
    for (const dnnl::memory& layout : layouts) bytes += layout.get_desc().get_size();
  }
  return bytes;
}

}  // namespace homeward
