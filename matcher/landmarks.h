// The geometry of five landmarks: where a face lies, how it is turned, and whether it is one at
// all.
#pragma once

#include <array>
#include <opencv2/core.hpp>

#include "matcher/face.h"

namespace homeward {

// dlib's mean face, in the order of Landmarks, in a unit square that holds the face from the brows
// to the mouth. Chips and poses are laid out in this square ("face units").
inline constexpr std::array<std::array<double, 2>, 5> kMeanFace = {
    {{0.8595674595992, 0.2134981538014},
     {0.6460604764104, 0.2289674387677},
     {0.1205750620789, 0.2137274526848},
     {0.3340850613712, 0.2290642403242},
     {0.4901123135679, 0.6277975316475}}};

// A similarity from face units to pixels: turned, scaled and moved, never reflected.
struct FacePose {
  cv::Point2d right;   // where one face unit to the picture's right leads, in pixels
  cv::Point2d origin;  // where the unit square's upper left corner is

  cv::Point2d At(cv::Point2d face_units) const;
  double unit_px() const;  // pixels a face unit; 0 for points that coincide
};

// The pose under which the mean face comes nearest to `landmarks` (least squares).
FacePose PoseOf(const Landmarks& landmarks);
// How far the points lie from the mean face in that pose: root mean square, in face units.
double Distortion(const Landmarks& landmarks);

// The box that stands for a face wherever a box is told: upright, square, from its landmarks alone,
// as large as dlib's detectors draw it. It may reach over the picture's border.
cv::Rect2f FaceBox(const Landmarks& landmarks);

// Middles of the eyes at the picture's left and right (for a face that is not upside down).
cv::Point2f LeftEye(const Landmarks& landmarks);
cv::Point2f RightEye(const Landmarks& landmarks);

// Whether points that were fitted inside `box` lie as a face's points do: near enough to the mean
// face in some pose that fits the box. False says that the detector was wrong. It holds for faces
// turned by any angle in the picture, and up to half profile in depth.
bool MakesAFace(const Landmarks& landmarks, const cv::Rect2f& box);

}  // namespace homeward
