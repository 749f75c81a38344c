#include "models/hog_detector.h"

#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/opencv/cv_image.h>

#include <string>
#include <utility>

namespace homeward {

struct HogDetector::Pyramid {
  dlib::frontal_face_detector detector;
};

HogDetector::HogDetector(std::unique_ptr<Pyramid> pyramid) : pyramid_(std::move(pyramid)) {}
HogDetector::~HogDetector() = default;

Result<std::unique_ptr<HogDetector>> HogDetector::Create() try {
  auto pyramid = std::make_unique<Pyramid>(Pyramid{dlib::get_frontal_face_detector()});
  return std::unique_ptr<HogDetector>(new HogDetector(std::move(pyramid)));
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("HOG detector: ") + error.what());
}

Result<std::unique_ptr<HogDetector>> HogDetector::Copy() const try {
  return std::unique_ptr<HogDetector>(new HogDetector(std::make_unique<Pyramid>(*pyramid_)));
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("HOG detector: ") + error.what());
}

Result<std::vector<cv::Rect2f>> HogDetector::Detect(const cv::Mat& bgr) try {
  std::vector<cv::Rect2f> boxes;
  for (const dlib::rectangle& found : pyramid_->detector(dlib::cv_image<dlib::bgr_pixel>(bgr))) {
    boxes.emplace_back(static_cast<float>(found.left()), static_cast<float>(found.top()),
                       static_cast<float>(found.width()), static_cast<float>(found.height()));
  }
  return boxes;
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("HOG detector: ") + error.what());
}

}  // namespace homeward
