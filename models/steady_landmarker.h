// Landmarks that do not depend on the box they were started from.
#pragma once

#include <memory>

#include "matcher/face_detector.h"

namespace homeward {

// A regressor of landmarks always answers, and its answer moves with the box. This one asks it
// several times, in a copy of the face that is upright, of one size and of one contrast, from boxes
// a little apart and on the mirror image, and takes the middle of the answers. Where they disagree
// it tries the other three ways up, and where they disagree in each, there is no face.
//
// Its steps are the alignment rule of a space (`alignment` in models/manifest.json): a change here
// changes templates and needs a new name there.
// Thread safety: const methods may run concurrently if those of the wrapped landmarker may.
class SteadyLandmarker final : public FaceLandmarker {
 public:
  explicit SteadyLandmarker(std::unique_ptr<const FaceLandmarker> fitter);

  std::optional<Landmarks> Fit(const cv::Mat& bgr, const cv::Rect2f& box) const override;

 private:
  std::unique_ptr<const FaceLandmarker> fitter_;
};

}  // namespace homeward
