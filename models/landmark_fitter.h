// dlib's five-point shape predictor behind the FaceLandmarker port.
#pragma once

#include <memory>
#include <span>

#include "matcher/face_detector.h"

namespace homeward {

// Immutable: one may serve every worker.
class LandmarkFitter final : public FaceLandmarker {
 public:
  // `weights`: the bytes of shape_predictor_5_face_landmarks.dat. Errors: kModelMismatch when they
  // are not a predictor of five points.
  static Result<std::unique_ptr<LandmarkFitter>> Load(std::span<const char> weights);
  ~LandmarkFitter() override;

  // Always fits something, whatever is in the box, and only upright faces right. Rounds to whole
  // pixels, as the predictor does. SteadyLandmarker makes of it what the port promises.
  std::optional<Landmarks> Fit(const cv::Mat& bgr, const cv::Rect2f& box) const override;

 private:
  struct Predictor;
  explicit LandmarkFitter(std::unique_ptr<const Predictor> predictor);

  std::unique_ptr<const Predictor> predictor_;
};

}  // namespace homeward
