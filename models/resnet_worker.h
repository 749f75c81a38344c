// One worker on a ResnetPlan. For adapters of oneDNN only: it brings oneDNN in.
#pragma once

#include <array>
#include <dnnl.hpp>
#include <memory>
#include <opencv2/core.hpp>
#include <span>
#include <unordered_map>
#include <vector>

#include "models/resnet_plan.h"

namespace homeward {

// Its own stream, maps and scratchpad beside the plan's weights. Thread safety: none.
class ResnetWorker {
 public:
  // Errors of all methods: dnnl::error and cv::Exception, which the adapter stops.
  explicit ResnetWorker(std::shared_ptr<const ResnetPlan> plan);

  // `chips`: of the plan's side, CV_8UC3 in BGR, any number. One vector a chip. To be run by a
  // SingleThread.
  std::vector<std::vector<float>> Run(std::span<const cv::Mat> chips);

 private:
  using Arguments = std::unordered_map<int, dnnl::memory>;

  dnnl::memory At(const dnnl::memory::desc& shape, std::size_t map) const;
  Arguments ArgumentsOf(const ConvolutionStep& step) const;
  Arguments ArgumentsOf(const PoolingStep& step) const;
  float* MapOf(std::size_t map, std::size_t chip) const;

  void RunStem(const cv::Mat& bgr, std::size_t chip);
  void RunBody(std::size_t batch);
  void Pool(const PoolingStep& step, const Arguments& arguments, std::size_t source_chip,
            std::size_t target_chip);
  void Add(const CornerSumStep& step, std::size_t chip) const;

  const std::shared_ptr<const ResnetPlan> plan_;
  dnnl::stream stream_;
  std::vector<cv::Mat> planes_;  // of one chip, kept for their memory
  std::vector<dnnl::memory> maps_;
  dnnl::memory scratchpad_;
  Arguments stem_;
  Arguments stem_pooling_;
  std::array<std::vector<Arguments>, ResnetPlan::kBatches.size()> bodies_;  // by step
};

}  // namespace homeward
