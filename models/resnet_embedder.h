// dlib's face recognition network (ResNet-29 of 27 convolutions, 128 floats) behind FaceEmbedder.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "matcher/face_embedder.h"
#include "models/chip_geometry.h"
#include "models/folded_network.h"

namespace homeward {

// Thread safety: none; Copy may be called concurrently.
class ResnetEmbedder final : public FaceEmbedder {
 public:
  // `weights`: the bytes of dlib_face_recognition_resnet_model_v1.dat. Errors: kModelMismatch when
  // they are not weights of this network, or `space` or `chip` is not what it works on.
  static Result<std::unique_ptr<ResnetEmbedder>> Load(std::span<const char> weights, Space space,
                                                      const ChipGeometry& chip);
  ~ResnetEmbedder() override;

  // A network of its own for another worker.
  Result<std::unique_ptr<ResnetEmbedder>> Copy() const;

  // Its arithmetic, for another engine. Errors: kInternal.
  Result<FoldedNetwork> Folded() const;

  const Space& space() const override { return space_; }
  cv::Mat CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const override;
  // Errors: kInternal, also for a chip of another size or type than CutChip gives.
  Result<std::vector<std::vector<float>>> Embed(std::span<const cv::Mat> chips) override;

 private:
  struct Net;
  ResnetEmbedder(std::unique_ptr<Net> net, Space space, const ChipGeometry& chip);

  const Space space_;
  const ChipGeometry chip_;
  std::unique_ptr<Net> net_;
};

}  // namespace homeward
