// Cheap detection first, dear detection where it is needed: which faces a picture shows.
#pragma once

#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "matcher/error.h"
#include "matcher/face.h"
#include "matcher/face_detector.h"

namespace homeward {

// Up to how many pixels each pass looks at, since that is what it costs: a picture with more is
// reduced, one with fewer is enlarged, but at most `max_scale` times. Both of dlib's detectors see
// faces of 80 px and more in what they are given. Times: one core, dlib 19.24 with OpenBLAS.
struct CascadeOptions {
  // HOG where the first face is enough. ~50 ms.
  double hog_pixels = 800 * 600;
  // HOG where every face is wanted: faces from a twentieth of the picture's side on. ~200 ms.
  double hog_whole_pixels = 1600 * 1200;
  // MMOD. 60 to 100 ms on oneDNN, six times that on dlib.
  double mmod_pixels = 640 * 480;
  // MMOD after a miss, enlarged up to `retry_max_scale` times. 100 to 180 ms. As much for each of
  // four parts of a picture that this reduces, after all else; those are never enlarged.
  double mmod_retry_pixels = 800 * 600;
  // HOG after a miss, enlarged up to `retry_max_scale` times, for small faces. ~600 ms.
  double small_face_pixels = 2560 * 1920;
  // Each copy turned by +-30, +-90 and 180 degrees, after a miss: HOG ~35 ms, MMOD too.
  double turned_hog_pixels = 640 * 480;
  double turned_mmod_pixels = 480 * 360;
  double max_scale = 2;
  double retry_max_scale = 4;
  // Grey on every side, as a share of the longer side: gives a face that the picture cuts at chin
  // or forehead the surroundings that detectors look for.
  double border = 0.25;
};

// A face in pixels of the picture. `box` is FaceBox(landmarks), so it does not depend on which
// detector found it.
struct FoundFace {
  cv::Rect2f box;
  // Absent only for a given box in which no face can be made out; `box` is then the given one.
  std::optional<Landmarks> landmarks;
  DetectionStage found_by = DetectionStage::kHog;
};

// The two detectors that a cascade is made of.
struct CascadeDetectors {
  std::unique_ptr<FaceDetector> hog;   // cheap: upright faces
  std::unique_ptr<FaceDetector> mmod;  // dear: tilted, dark and half-covered ones too; may be null
};

// Passes, in order: HOG; MMOD; and while nothing was found MMOD on a larger copy, both with a grey
// border, HOG on the largest copy, both on turned copies, MMOD on parts. A box whose landmarks make
// no face (landmarks.h) counts as nothing; boxes of one face count once, the first.
//
// Thread safety: none; one per worker.
class FaceCascade {
 public:
  FaceCascade(CascadeDetectors detectors, std::shared_ptr<const FaceLandmarker> landmarker,
              const CascadeOptions& options = {});

  // Every face: HOG and MMOD both run, so that neither's blind spot hides a second face.
  // `bgr` is a non-empty CV_8UC3. Errors: the detectors'.
  Result<std::vector<FoundFace>> FindAll(const cv::Mat& bgr);
  // The faces of the first pass that finds any. Requirements and errors as FindAll.
  Result<std::vector<FoundFace>> FindFirst(const cv::Mat& bgr);
  // The face that `box` means: the one found in and around it that overlaps it most, else
  // landmarks fitted into the box itself (kGivenBox). `box` overlaps the picture. Errors: as
  // FindAll.
  Result<FoundFace> FindIn(const cv::Mat& bgr, const cv::Rect2f& box);

 private:
  struct Pass;
  using Wanted = std::function<bool(const cv::Rect2f& box)>;

  std::vector<Pass> PassesFor(cv::Size size, bool whole) const;
  Result<std::vector<FoundFace>> Run(const cv::Mat& bgr, bool whole, const Wanted& wanted);
  Result<void> Add(const cv::Mat& bgr, const Pass& pass, const Wanted& wanted,
                   std::vector<FoundFace>& faces);

  CascadeDetectors detectors_;
  std::shared_ptr<const FaceLandmarker> landmarker_;
  CascadeOptions options_;
};

}  // namespace homeward
