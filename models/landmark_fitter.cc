#include "models/landmark_fitter.h"

#include <dlib/opencv/cv_image.h>

#include <cmath>
#include <spanstream>
#include <string>
#include <utility>

#include "models/landmark_forest.h"

namespace homeward {

struct LandmarkFitter::Predictor {
  LandmarkForest forest;
};

LandmarkFitter::LandmarkFitter(std::unique_ptr<const Predictor> predictor)
    : predictor_(std::move(predictor)) {}
LandmarkFitter::~LandmarkFitter() = default;

Result<std::unique_ptr<LandmarkFitter>> LandmarkFitter::Load(std::span<const char> weights) try {
  std::ispanstream stream(weights);
  auto predictor = std::make_unique<const Predictor>(Predictor{LandmarkForest(stream)});
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
  const auto points = predictor_->forest.Fit(dlib::cv_image<dlib::bgr_pixel>(bgr), rectangle);
  Landmarks landmarks;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    landmarks[i] = {static_cast<float>(points[i].x()), static_cast<float>(points[i].y())};
  }
  return landmarks;
}

}  // namespace homeward
