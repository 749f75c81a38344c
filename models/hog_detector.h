// dlib's frontal face detector: histograms of oriented gradients, 80 px window, upright faces.
#pragma once

#include <memory>

#include "matcher/face_detector.h"

namespace homeward {

// Its weights are part of dlib itself. Thread safety: none; Copy may be called concurrently.
class HogDetector final : public FaceDetector {
 public:
  static Result<std::unique_ptr<HogDetector>> Create();
  ~HogDetector() override;

  // A detector of its own for another worker.
  Result<std::unique_ptr<HogDetector>> Copy() const;
  // Errors: kInternal.
  Result<std::vector<cv::Rect2f>> Detect(const cv::Mat& bgr) override;

 private:
  struct Pyramid;  // dlib's detector
  explicit HogDetector(std::unique_ptr<Pyramid> pyramid);

  std::unique_ptr<Pyramid> pyramid_;
};

}  // namespace homeward
