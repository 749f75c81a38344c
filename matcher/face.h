// What is known about one face in one photo. All geometry is in pixels of Photo::bgr.
#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "matcher/face_print.h"
#include "matcher/quality_measure.h"
#include "matcher/template.h"

namespace homeward {

// Which step of the cascade found a face (face_cascade.h).
enum class DetectionStage : std::uint8_t { kHog, kMmod, kBordered, kTurned, kGivenBox };

// Five points in dlib's order: outer and inner corner of the eye at the picture's right, outer and
// inner corner of the eye at its left, base of the nose.
using Landmarks = std::array<cv::Point2f, 5>;

// Why a face is hard or impossible to compare. Stored with the face; a flag, never a refusal.
enum class QualityFlag : std::uint8_t { kTooSmall, kBlurred, kDark, kBright, kTurned, kAtBorder };

// Measures of one face; `flags` says which of them are poor. The native values before `flags` mean
// the same in every version; expected misses are fitted to them (difficulty.h).
struct Quality {
  float eye_distance_px = 0;  // between eye centres
  float sharpness = 0;        // variance of the Laplacian on the 150 px chip's luminance
  float brightness = 0;       // mean luminance of the chip, 0..255
  float roll_degrees = 0;     // of the eye line, -180..180
  float yaw = 0;              // nose offset from the eyes' middle over eye distance; 0 = frontal
  std::vector<QualityFlag> flags = {};
  int version = 0;  // what `components` are of: kQualityVersion where measured by this program
  std::vector<QualityComponent> components = {};  // in the order of kQualityMeasures
};

// One face as the analyzer returns it. There is no template, and no print, where the face is not
// usable.
struct Face {
  cv::Rect2f box;
  Landmarks landmarks{};
  DetectionStage found_by = DetectionStage::kHog;
  Quality quality;
  std::vector<Template> templates;  // one in each space of the analyzer, in that order
  std::optional<FacePrint> print;
};

}  // namespace homeward
