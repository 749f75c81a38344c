// The aligned picture of a face, as dlib cuts it.
#pragma once

#include <opencv2/core.hpp>

#include "matcher/face.h"
#include "models/chip_geometry.h"

namespace homeward {

// CV_8UC3 of the size that `geometry` says, with the mean face where it says; black where the
// picture ends. `bgr`: CV_8UC3. Thread safe.
cv::Mat CutFaceChip(const cv::Mat& bgr, const Landmarks& landmarks, const ChipGeometry& geometry);

}  // namespace homeward
