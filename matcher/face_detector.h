// The first port of models/: pixels in, boxes and landmarks out.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "matcher/error.h"
#include "matcher/face.h"

namespace homeward {

// One trained detector, run over one picture at the size it is given.
// Thread safety: none (dlib's detectors keep scratch state); one per worker.
class FaceDetector {
 public:
  virtual ~FaceDetector() = default;
  // `bgr` is a non-empty CV_8UC3. Boxes are in its pixels and may reach over its border.
  virtual Result<std::vector<cv::Rect2f>> Detect(const cv::Mat& bgr) = 0;
};

// Fits the five points of the face that a detector has boxed. Thread safety: const methods may run
// concurrently.
class FaceLandmarker {
 public:
  virtual ~FaceLandmarker() = default;
  // `bgr` is a non-empty CV_8UC3; the face in it may be turned by any angle. Absent where no face
  // can be made out. Boxes of different detectors around one face give nearly the same points.
  virtual std::optional<Landmarks> Fit(const cv::Mat& bgr, const cv::Rect2f& box) const = 0;
};

}  // namespace homeward
