// A network in a format of another framework behind FaceEmbedder, run by OpenCV's DNN module.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "matcher/face_embedder.h"
#include "models/chip_geometry.h"
#include "models/preprocessing.h"

namespace homeward {

enum class DnnFormat : std::uint8_t { kOnnx, kTensorflow };  // the latter: a frozen graph

// A network of one picture in and one vector out. Thread safety: none; Copy may be called
// concurrently. OpenCV's own threads are one setting of the whole process (ModelPack).
class DnnEmbedder final : public FaceEmbedder {
 public:
  // `network`: the bytes of the file, shared by all copies. Runs two chips of noise through it, so
  // that what does not fit is told now and not at the first photo. Errors: kModelMismatch, saying
  // what was expected and what came: bytes that are no such network or one that OpenCV cannot run,
  // more than one input or output, an input of another size than the chip's, an output of another
  // size than the space's, numbers that are not finite.
  static Result<std::unique_ptr<DnnEmbedder>> Load(DnnFormat format, std::string network,
                                                   Space space, const ChipGeometry& chip,
                                                   const Preprocessing& preprocessing);
  ~DnnEmbedder() override;

  // A network of its own for another worker. Errors: kInternal.
  Result<std::unique_ptr<DnnEmbedder>> Copy() const;

  const Space& space() const override;
  cv::Mat CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const override;
  // Errors: kInternal, also for a chip of another size or type than CutChip gives and for an output
  // that is not finite.
  Result<std::vector<std::vector<float>>> Embed(std::span<const cv::Mat> chips) override;

 private:
  struct Model;  // what is the same for all workers
  struct Net;    // OpenCV's network
  DnnEmbedder(std::shared_ptr<const Model> model, std::unique_ptr<Net> net);

  std::shared_ptr<const Model> model_;
  std::unique_ptr<Net> net_;
};

}  // namespace homeward
