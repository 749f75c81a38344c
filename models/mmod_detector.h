// dlib's max-margin face detector: a small convolutional network over an image pyramid. Slower than
// HogDetector by an order of magnitude; finds tilted, dark, half-covered and half-turned faces.
#pragma once

#include <memory>
#include <span>

#include "matcher/face_detector.h"

namespace homeward {

// Thread safety: none; Copy may be called concurrently.
class MmodDetector final : public FaceDetector {
 public:
  // `weights`: the bytes of mmod_human_face_detector.dat. Errors: kModelMismatch when they are not
  // weights of this network.
  static Result<std::unique_ptr<MmodDetector>> Load(std::span<const char> weights);
  ~MmodDetector() override;

  // A network of its own for another worker.
  Result<std::unique_ptr<MmodDetector>> Copy() const;
  // Errors: kInternal.
  Result<std::vector<cv::Rect2f>> Detect(const cv::Mat& bgr) override;

 private:
  struct Net;
  explicit MmodDetector(std::unique_ptr<Net> net);

  std::unique_ptr<Net> net_;
};

}  // namespace homeward
