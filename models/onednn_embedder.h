// dlib's face recognition network run by oneDNN behind FaceEmbedder: several times as fast as by
// dlib, and within a millionth or two of its vectors, so the space is the same.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "matcher/face_embedder.h"
#include "models/chip_geometry.h"
#include "models/folded_network.h"

namespace homeward {

class ResnetPlan;
class ResnetWorker;

// On one machine a chip's vector is the same to the last bit whatever it is embedded with, and by
// which worker; on another kind of processor, or by dlib, it may differ by some millionths.
// Thread safety: none; Copy may be called concurrently.
class OnednnEmbedder final : public FaceEmbedder {
 public:
  // Errors: kInternal, saying why: not the network of ResnetEmbedder, or oneDNN has no fast
  // kernels for this processor.
  static Result<std::unique_ptr<OnednnEmbedder>> Build(FoldedNetwork network, Space space,
                                                       const ChipGeometry& chip);
  ~OnednnEmbedder() override;

  // For another worker: buffers of its own, weights shared. Errors: kInternal.
  Result<std::unique_ptr<OnednnEmbedder>> Copy() const;

  const Space& space() const override { return space_; }
  cv::Mat CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const override;
  // Errors: kInternal, also for a chip of another size or type than CutChip gives.
  Result<std::vector<std::vector<float>>> Embed(std::span<const cv::Mat> chips) override;

 private:
  OnednnEmbedder(std::shared_ptr<const ResnetPlan> plan, Space space, const ChipGeometry& chip);

  const Space space_;
  const ChipGeometry chip_;
  const std::shared_ptr<const ResnetPlan> plan_;
  const std::unique_ptr<ResnetWorker> worker_;
};

}  // namespace homeward
