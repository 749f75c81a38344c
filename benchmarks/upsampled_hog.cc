#include "benchmarks/upsampled_hog.h"

#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_transforms.h>
#include <dlib/opencv/cv_image.h>

namespace homeward {

struct UpsampledHog::Detector {
  dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
};

UpsampledHog::UpsampledHog() : detector_(std::make_unique<Detector>()) {}
UpsampledHog::~UpsampledHog() = default;

std::vector<cv::Rect2f> UpsampledHog::Detect(const cv::Mat& bgr) {
  const dlib::pyramid_down<2> pyramid;
  dlib::array2d<dlib::rgb_pixel> enlarged;
  dlib::pyramid_up(dlib::cv_image<dlib::bgr_pixel>(bgr), enlarged, pyramid);
  std::vector<cv::Rect2f> boxes;
  for (const dlib::rectangle& found : detector_->detector(enlarged)) {
    const dlib::rectangle box = pyramid.rect_down(found);
    boxes.emplace_back(static_cast<float>(box.left()), static_cast<float>(box.top()),
                       static_cast<float>(box.width()), static_cast<float>(box.height()));
  }
  return boxes;
}

}  // namespace homeward
