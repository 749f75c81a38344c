#include "models/face_chip.h"

#include <dlib/image_transforms.h>
#include <dlib/opencv.h>

#include <vector>

#include "matcher/landmarks.h"

namespace homeward {
namespace {

// get_face_chip_details itself takes whole pixels only; this keeps the fraction.
dlib::chip_details ChipDetails(const Landmarks& landmarks, const ChipGeometry& chip) {
  std::vector<dlib::dpoint> mean_face;
  std::vector<dlib::dpoint> face;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    const dlib::dpoint mean(kMeanFace[i][0], kMeanFace[i][1]);
    mean_face.push_back((chip.padding + mean) / (2 * chip.padding + 1) * chip.side_px);
    face.emplace_back(landmarks[i].x, landmarks[i].y);
  }
  const auto side = static_cast<unsigned long>(chip.side_px);
  return {mean_face, face, dlib::chip_dims(side, side)};
}

}  // namespace

cv::Mat CutFaceChip(const cv::Mat& bgr, const Landmarks& landmarks, const ChipGeometry& geometry) {
  dlib::matrix<dlib::bgr_pixel> chip;
  dlib::extract_image_chip(dlib::cv_image<dlib::bgr_pixel>(bgr), ChipDetails(landmarks, geometry),
                           chip);
  return dlib::toMat(chip).clone();
}

}  // namespace homeward
