#include "models/resnet_worker.h"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace homeward {
namespace {

using dnnl::memory;

constexpr auto kMostChips = static_cast<std::size_t>(ResnetPlan::kBatches.front());

memory Buffer(const dnnl::engine& engine, std::size_t bytes) {
  return {{{static_cast<memory::dim>(bytes)}, memory::data_type::u8, memory::format_tag::x},
          engine};
}

// The largest batch of at most so many chips, as its place in kBatches.
std::size_t BatchWithin(std::size_t chips) {
  const auto fits = [chips](int batch) { return static_cast<std::size_t>(batch) <= chips; };
  return static_cast<std::size_t>(std::ranges::find_if(ResnetPlan::kBatches, fits) -
                                  ResnetPlan::kBatches.begin());
}

}  // namespace

ResnetWorker::ResnetWorker(std::shared_ptr<const ResnetPlan> plan)
    : plan_(std::move(plan)),
      stream_(plan_->engine()),
      scratchpad_(Buffer(plan_->engine(), plan_->scratchpad_bytes())) {
  for (std::size_t map = 0; map < plan_->map_floats().size(); ++map) {
    const std::size_t chips = map <= ResnetPlan::kStem ? 1 : kMostChips;
    maps_.push_back(Buffer(plan_->engine(), plan_->map_floats()[map] * chips * sizeof(float)));
  }
  stem_ = ArgumentsOf(plan_->stem());
  stem_pooling_ = ArgumentsOf(plan_->stem_pooling());
  for (std::size_t batch = 0; batch < bodies_.size(); ++batch) {
    for (const ResnetStep& step : plan_->body(batch)) {
      bodies_[batch].push_back(std::visit(
          [this](const auto& each) -> Arguments {
            if constexpr (std::is_same_v<std::decay_t<decltype(each)>, CornerSumStep>) {
              return {};
            } else {
              return ArgumentsOf(each);
            }
          },
          step));
    }
  }
}

memory ResnetWorker::At(const memory::desc& shape, std::size_t map) const {
  return {shape, plan_->engine(), maps_[map].get_data_handle()};
}

ResnetWorker::Arguments ResnetWorker::ArgumentsOf(const ConvolutionStep& step) const {
  return {{DNNL_ARG_SRC, At(step.source_shape, step.source)},
          {DNNL_ARG_DST, At(step.target_shape, step.target)},
          {DNNL_ARG_WEIGHTS, step.convolution.weights},
          {DNNL_ARG_BIAS, step.convolution.biases},
          {DNNL_ARG_SCRATCHPAD,
           {step.convolution.scratchpad, plan_->engine(), scratchpad_.get_data_handle()}}};
}

ResnetWorker::Arguments ResnetWorker::ArgumentsOf(const PoolingStep& step) const {
  return {{DNNL_ARG_SRC, At(step.source_shape, step.source)},
          {DNNL_ARG_DST, At(step.target_shape, step.target)},
          {DNNL_ARG_SCRATCHPAD, {step.scratchpad, plan_->engine(), scratchpad_.get_data_handle()}}};
}

float* ResnetWorker::MapOf(std::size_t map, std::size_t chip) const {
  return static_cast<float*>(maps_[map].get_data_handle()) + chip * plan_->map_floats()[map];
}

std::vector<std::vector<float>> ResnetWorker::Run(std::span<const cv::Mat> chips) {
  std::vector<std::vector<float>> vectors;
  vectors.reserve(chips.size());
  while (!chips.empty()) {
    const std::size_t batch = BatchWithin(chips.size());
    const auto count = static_cast<std::size_t>(ResnetPlan::kBatches[batch]);
    for (std::size_t place = 0; place < count; ++place) RunStem(chips[place], place);
    RunBody(batch);
    for (std::size_t place = 0; place < count; ++place) {
      const float* vector = MapOf(plan_->output(), place);
      vectors.emplace_back(vector, vector + ResnetPlan::kDimension);
    }
    chips = chips.subspan(count);
  }
  return vectors;
}

// Each chip by itself, so that what the stem gives, the largest map of all, stays in the cache.
void ResnetWorker::RunStem(const cv::Mat& bgr, std::size_t chip) {
  constexpr int kSide = ResnetPlan::kSidePx;
  cv::split(bgr, planes_);
  float* red = MapOf(ResnetPlan::kInput, 0);
  constexpr std::size_t kPlane = static_cast<std::size_t>(kSide) * kSide;
  for (std::size_t plane = 0; plane < planes_.size(); ++plane) {
    const std::size_t place = planes_.size() - 1 - plane;  // from BGR to RGB
    planes_[plane].convertTo(cv::Mat(kSide, kSide, CV_32F, red + place * kPlane), CV_32F);
  }
  plan_->stem().convolution.primitive.execute(stream_, stem_);
  Pool(plan_->stem_pooling(), stem_pooling_, 0, chip);
}

void ResnetWorker::RunBody(std::size_t batch) {
  const auto chips = static_cast<std::size_t>(ResnetPlan::kBatches[batch]);
  const std::vector<ResnetStep>& steps = plan_->body(batch);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Arguments& arguments = bodies_[batch][i];
    if (const auto* convolution = std::get_if<ConvolutionStep>(&steps[i])) {
      convolution->convolution.primitive.execute(stream_, arguments);
    } else if (const auto* pooling = std::get_if<PoolingStep>(&steps[i])) {
      for (std::size_t chip = 0; chip < chips; ++chip) Pool(*pooling, arguments, chip, chip);
    } else {
      for (std::size_t chip = 0; chip < chips; ++chip) Add(std::get<CornerSumStep>(steps[i]), chip);
    }
  }
  stream_.wait();
}

void ResnetWorker::Pool(const PoolingStep& step, const Arguments& arguments,
                        std::size_t source_chip, std::size_t target_chip) {
  float* target = MapOf(step.target, target_chip);
  memory source_map = arguments.at(DNNL_ARG_SRC);
  memory target_map = arguments.at(DNNL_ARG_DST);
  source_map.set_data_handle(MapOf(step.source, source_chip));
  target_map.set_data_handle(target);
  step.primitive.execute(stream_, arguments);
  const std::size_t pooled = step.target_shape.get_size() / sizeof(float);
  std::fill(target + pooled, target + plan_->map_floats()[step.target], 0.0F);
}

// Both maps lie in blocks of equally many channels, so a block begins at the same multiple of
// either map's places.
void ResnetWorker::Add(const CornerSumStep& step, std::size_t chip) const {
  const auto side = static_cast<std::size_t>(step.source_side);
  const auto target_side = static_cast<std::size_t>(step.target_side);
  const auto channels = plan_->map_floats()[step.source] / (side * side);
  const auto block = static_cast<std::size_t>(ChannelsInABlock());
  for (std::size_t first = 0; first < channels; first += block) {
    const float* source = MapOf(step.source, chip) + first * side * side;
    float* target = MapOf(step.target, chip) + first * target_side * target_side;
    for (std::size_t i = 0; i < side * side * block; ++i) {
      const std::size_t row = i / (side * block);
      float& sum = target[row * target_side * block + i % (side * block)];
      sum = std::max(sum + source[i], 0.0F);
    }
  }
}

}  // namespace homeward
