// dlib's max-margin face detector run by oneDNN behind FaceDetector: over dlib's own tiled pyramid,
// several times as fast. In 32 bits its boxes are dlib's; in 16, which take half as long again, the
// same faces are found by boxes that are at most a few pixels off.
#pragma once

#include <memory>
#include <span>

#include "matcher/face_detector.h"
#include "models/onednn_precision.h"

namespace homeward {

// Thread safety: none; Copy may be called concurrently.
class OnednnDetector final : public FaceDetector {
 public:
  // `weights`: as for MmodDetector. Its scores are tried against dlib's on a drawn picture. Errors:
  // kInternal (also where this processor is slow in `precision`) or kModelMismatch, saying why it
  // cannot stand in.
  static Result<std::unique_ptr<OnednnDetector>> Build(std::span<const char> weights,
                                                       Precision precision);
  ~OnednnDetector() override;

  // For another worker. Errors: kInternal.
  Result<std::unique_ptr<OnednnDetector>> Copy() const;
  // Errors: kInternal.
  Result<std::vector<cv::Rect2f>> Detect(const cv::Mat& bgr) override;

 private:
  struct Model;   // what is the same for all workers
  struct Worker;  // the rest
  explicit OnednnDetector(std::shared_ptr<const Model> model);

  const std::shared_ptr<const Model> model_;
  const std::unique_ptr<Worker> worker_;
};

}  // namespace homeward
