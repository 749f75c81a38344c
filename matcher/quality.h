// Measures of one face that say how far its template can be trusted.
#pragma once

#include <opencv2/core.hpp>

#include "matcher/face.h"

namespace homeward {

// Below this distance between the eyes' middles a face has no template: a network's input would be
// almost all interpolation. Kept low on purpose: a small face is flagged, not refused.
inline constexpr float kLeastEyeDistancePx = 9;

// Beyond these a measure is flagged. A flag warns the person who judges a candidate; nothing is
// ever refused or reordered for it.
struct QualityLimits {
  float small_eye_distance_px = 30;
  float blurred_sharpness = 60;
  float dark_brightness = 60;
  float bright_brightness = 200;
  float turned_yaw = 0.22F;  // about 30 degrees
};

// `landmarks` and `box` in pixels of a picture of size `picture`; `chip` is the CV_8UC3 that the
// embedder cut for them. Thread safe.
Quality MeasureQuality(const Landmarks& landmarks, const cv::Rect2f& box, cv::Size picture,
                       const cv::Mat& chip, const QualityLimits& limits = {});

}  // namespace homeward
