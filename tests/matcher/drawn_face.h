// A face that is drawn, so that what its quality ought to be is known. It shows nobody.
#pragma once

#include <opencv2/core.hpp>

#include "matcher/face.h"
#include "matcher/photo.h"

namespace homeward::testing {

// A picture and where its face is.
struct DrawnFace {
  Photo photo;
  Landmarks landmarks{};

  cv::Rect2f box() const;
  // 150 px, cut as dlib's spaces cut it: a quarter more on each side, black outside the picture.
  cv::Mat chip() const;
  Quality Measured() const;
};

// Frontal and upright, evenly lit, in 480 x 480 px without any compression.
DrawnFace PlainFace();

// `face` altered. Landmarks stay those of the face, wherever it lies afterwards.
DrawnFace Blurred(DrawnFace face, double sigma_px);
DrawnFace Lit(DrawnFace face, double gain);            // in levels; above 1 the bright parts clip
DrawnFace LitFromTheSide(DrawnFace face, double far);  // the gain falls from 1 to `far`
DrawnFace Recompressed(DrawnFace face, int jpeg_quality);
DrawnFace Rolled(DrawnFace face, double degrees);      // clockwise
DrawnFace Turned(DrawnFace face, double nose_offset);  // in eye distances, to the picture's right
DrawnFace Scaled(DrawnFace face, double scale);
DrawnFace CutAtTheLeft(DrawnFace face, int columns);
DrawnFace Grey(DrawnFace face);

}  // namespace homeward::testing
