#include "models/landmark_fitter.h"

#include <dlib/image_processing/shape_predictor.h>
#include <dlib/opencv/cv_image.h>

#include <cmath>
#include <spanstream>
#include <string>
#include <utility>

namespace homeward {

struct LandmarkFitter::Predictor {
  dlib::shape_predictor shape;
};

LandmarkFitter::LandmarkFitter(std::unique_ptr<const Predictor> predictor)
    : predictor_(std::move(predictor)) {}
LandmarkFitter::~LandmarkFitter() = default;

Result<std::unique_ptr<LandmarkFitter>> LandmarkFitter::Load(std::span<const char> weights) try {
  auto predictor = std::make_unique<Predictor>();
  std::ispanstream stream(weights);
  deserialize(predictor->shape, stream);
  if (predictor->shape.num_parts() != Landmarks{}.size()) {
    return Fail(Reason::kModelMismatch, "the landmark weights are not for five points");
  }
  return std::unique_ptr<LandmarkFitter>(new LandmarkFitter(std::move(predictor)));
} catch (const std::exception& error) {
  return Fail(Reason::kModelMismatch,
              std::string("not weights of a shape predictor: ") + error.what());
}

std::optional<Landmarks> LandmarkFitter::Fit(const cv::Mat& bgr, const cv::Rect2f& box) const {
  const auto left = std::lround(box.x);
  const auto top = std::lround(box.y);
  const dlib::rectangle rectangle(left, top, left + std::lround(box.width) - 1,
                                  top + std::lround(box.height) - 1);
  const auto shape = predictor_->shape(dlib::cv_image<dlib::bgr_pixel>(bgr), rectangle);
  Landmarks landmarks;
  for (unsigned long i = 0; i < landmarks.size(); ++i) {
    landmarks[i] = {static_cast<float>(shape.part(i).x()), static_cast<float>(shape.part(i).y())};
  }
  return landmarks;
}

}  // namespace homeward
