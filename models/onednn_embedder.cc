#include "models/onednn_embedder.h"

#include <string>
#include <utility>

#include "models/face_chip.h"
#include "models/resnet_plan.h"
#include "models/resnet_worker.h"
#include "models/single_thread.h"

namespace homeward {

OnednnEmbedder::OnednnEmbedder(std::shared_ptr<const ResnetPlan> plan, Space space,
                               const ChipGeometry& chip)
    : space_(std::move(space)),
      chip_(chip),
      plan_(std::move(plan)),
      worker_(std::make_unique<ResnetWorker>(plan_)) {}
OnednnEmbedder::~OnednnEmbedder() = default;

Result<std::unique_ptr<OnednnEmbedder>> OnednnEmbedder::Build(FoldedNetwork network, Space space,
                                                              const ChipGeometry& chip) try {
  if (space.dimension != ResnetPlan::kDimension || chip.side_px != ResnetPlan::kSidePx) {
    return Fail(Reason::kInternal,
                "oneDNN: the space " + space.id + " is not one of dlib's ResNet");
  }
  auto plan = ResnetPlan::Build(std::move(network));
  if (!plan) return std::unexpected(std::move(plan).error());
  return std::unique_ptr<OnednnEmbedder>(
      new OnednnEmbedder(*std::move(plan), std::move(space), chip));
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("oneDNN: ") + error.what());
}

Result<std::unique_ptr<OnednnEmbedder>> OnednnEmbedder::Copy() const try {
  return std::unique_ptr<OnednnEmbedder>(new OnednnEmbedder(plan_, space_, chip_));
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("oneDNN: ") + error.what());
}

cv::Mat OnednnEmbedder::CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const {
  return CutFaceChip(bgr, landmarks, chip_);
}

Result<std::vector<std::vector<float>>> OnednnEmbedder::Embed(std::span<const cv::Mat> chips) try {
  for (const cv::Mat& chip : chips) {
    if (chip.type() != CV_8UC3 || chip.rows != chip_.side_px || chip.cols != chip_.side_px) {
      return Fail(Reason::kInternal, "oneDNN: a chip is not 150 x 150 px of 8-bit BGR");
    }
  }
  const SingleThread alone;
  return worker_->Run(chips);
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("oneDNN: ") + error.what());
}

}  // namespace homeward
