// Measures of one face that say how far its template can be trusted.
#pragma once

#include <opencv2/core.hpp>

#include "matcher/face.h"
#include "matcher/photo.h"

namespace homeward {

// Below this distance between the eyes' middles a face has no template. Kept low on purpose, since
// a small face is flagged and not refused: on LFW photos reduced to 7 px between the eyes, the
// nearest of 45 people was still the right one for 22 of 30; below 6 px hardly a face is found at
// all.
inline constexpr float kLeastEyeDistancePx = 6;

// Beyond these a measure is flagged. A flag warns the person who judges a candidate; nothing is
// ever refused or reordered for it.
struct QualityLimits {
  float small_eye_distance_px = 30;
  float blurred_sharpness = 15;
  float dark_brightness = 60;
  float bright_brightness = 200;
  float turned_yaw = 0.22F;  // about 30 degrees
};

// `landmarks` and `box` in pixels of photo.bgr, which may be a copy; the distance between the eyes
// is told in pixels of the whole picture. `chip` is the CV_8UC3 that the embedder cut for them.
// Thread safe.
Quality MeasureQuality(const Photo& photo, const Landmarks& landmarks, const cv::Rect2f& box,
                       const cv::Mat& chip, const QualityLimits& limits = {});

// The component of `measure`; nullptr where the face was measured by another version, or before
// there was one.
const QualityComponent* ComponentOf(const Quality& quality, QualityMeasure measure);

}  // namespace homeward
