// The peer of the detection benchmark: dlib's frontal face detector as the Python package
// face_recognition calls it by default, on the photo enlarged once by dlib's own pyramid.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <vector>

namespace homeward {

// Thread safety: none.
class UpsampledHog {
 public:
  UpsampledHog();
  ~UpsampledHog();

  // Boxes in pixels of `bgr`, a non-empty CV_8UC3.
  std::vector<cv::Rect2f> Detect(const cv::Mat& bgr);

 private:
  struct Detector;

  std::unique_ptr<Detector> detector_;
};

}  // namespace homeward
