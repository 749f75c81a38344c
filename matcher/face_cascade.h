// Cheap detection first, dear detection where it is needed: which faces a picture shows.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "matcher/error.h"
#include "matcher/face.h"
#include "matcher/face_detector.h"
#include "matcher/photo_reader.h"

namespace homeward {

// Up to how many pixels each pass looks at, since that is what it costs: a picture with more is
// reduced, one with fewer is enlarged, but at most `max_scale` times. Both of dlib's detectors see
// faces of 80 px and more in what they are given. Times: one core; MMOD in 16 bits.
struct CascadeOptions {
  // HOG where the first face is enough: those from a fifth of the picture's side on, which are most
  // faces that one photo shows of one person. ~10 ms.
  double hog_pixels = 400 * 300;
  // HOG where every face is wanted: faces from a twentieth of the picture's side on. ~200 ms.
  double hog_whole_pixels = 1600 * 1200;
  // MMOD where the first face is enough. ~30 ms, twice that in 32 bits, six times that on dlib.
  double mmod_pixels = 640 * 480;
  // MMOD where every face is wanted, and after a miss, then enlarged up to `retry_max_scale` times.
  // ~45 ms. As much for each of four parts of a picture that this reduces, after all else; those
  // are never enlarged.
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

// A face in pixels of the whole picture. `box` is FaceBox(landmarks), so it does not depend on
// which detector found it.
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
// no face (landmarks.h) counts as nothing; boxes of one face count once, the first. A pass looks at
// the smallest copy of the photo that DetectionReduction allows and that has the pixels which it
// wants. The landmarks of a face that ChipReduction wants a larger copy for are fitted once more,
// on that.
//
// Thread safety: none; one per worker.
class FaceCascade {
 public:
  FaceCascade(CascadeDetectors detectors, std::shared_ptr<const FaceLandmarker> landmarker,
              const CascadeOptions& options = {});

  // Every face: HOG and MMOD both run, so that neither's blind spot hides a second face. The photo
  // is CV_8UC3 and not empty. Errors: the detectors' and the photo's.
  Result<std::vector<FoundFace>> FindAll(PhotoReader& photo);
  // The faces of the first pass that finds any. Requirements and errors as FindAll.
  Result<std::vector<FoundFace>> FindFirst(PhotoReader& photo);
  // The face that `box` means: the one found in and around it that overlaps it most, else
  // landmarks fitted into the box itself (kGivenBox). `box` overlaps the picture. Errors: as
  // FindAll.
  Result<FoundFace> FindIn(PhotoReader& photo, const cv::Rect2f& box);

 private:
  struct Pass;
  struct Search;

  std::vector<Pass> PassesFor(cv::Size size, bool whole) const;
  Result<std::vector<FoundFace>> Run(const Search& search, bool whole);
  Result<void> Add(const Search& search, const Pass& pass, std::vector<FoundFace>& faces);
  static int ReductionFor(const Search& search, double scale);
  // Absent where `box` holds no face.
  Result<std::optional<Landmarks>> Fit(const Search& search, int reduction,
                                       const cv::Rect2f& box) const;
  // Fits in the copy, and again where the chip will be cut from a larger one.
  Result<std::optional<Landmarks>> FitAsCut(const Search& search, int reduction,
                                            const cv::Rect2f& box) const;

  CascadeDetectors detectors_;
  std::shared_ptr<const FaceLandmarker> landmarker_;
  CascadeOptions options_;
};

}  // namespace homeward
