#include "matcher/landmarks.h"

#include <algorithm>
#include <cmath>

namespace homeward {
namespace {

// Where dlib's detectors put the middle of their box, and how wide they draw it, in face units: the
// median over detections by both on faces of the half of LFW that is not reported on.
const cv::Point2d kBoxCentre{0.47, 0.47};
constexpr double kBoxSide = 1.35;

// The widest distortion of a face found right was 0.10 (profiles); points of other things and
// exchanged eyes go up to 0.5.
constexpr double kMaxDistortion = 0.16;
// FaceBox over the detector's box was within 0.75 and 1.4; a wrong fit shrinks or swells.
constexpr double kMinBoxRatio = 0.45;
constexpr double kMaxBoxRatio = 2.2;
constexpr double kMaxBoxShift = 0.5;  // between the middles, in sides of the detector's box

cv::Point2d Turned(cv::Point2d point, cv::Point2d by) {
  return {by.x * point.x - by.y * point.y, by.y * point.x + by.x * point.y};
}

cv::Point2d MeanPoint(std::size_t i) { return {kMeanFace[i][0], kMeanFace[i][1]}; }

}  // namespace

cv::Point2d FacePose::At(cv::Point2d face_units) const {
  return origin + Turned(face_units, right);
}

double FacePose::unit_px() const { return std::hypot(right.x, right.y); }

FacePose PoseOf(const Landmarks& landmarks) {
  const auto count = static_cast<double>(landmarks.size());
  cv::Point2d mean_middle;
  cv::Point2d face_middle;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    mean_middle += MeanPoint(i) / count;
    face_middle += cv::Point2d(landmarks[i]) / count;
  }
  cv::Point2d along;
  double extent = 0;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    const cv::Point2d from = MeanPoint(i) - mean_middle;
    const cv::Point2d to = cv::Point2d(landmarks[i]) - face_middle;
    along += cv::Point2d(from.dot(to), from.cross(to));
    extent += from.dot(from);
  }
  const cv::Point2d right = along / extent;
  return {.right = right, .origin = face_middle - Turned(mean_middle, right)};
}

double Distortion(const Landmarks& landmarks) {
  const FacePose pose = PoseOf(landmarks);
  double squares = 0;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    const cv::Point2d off = pose.At(MeanPoint(i)) - cv::Point2d(landmarks[i]);
    squares += off.dot(off);
  }
  return std::sqrt(squares / static_cast<double>(landmarks.size())) / pose.unit_px();
}

cv::Rect2f FaceBox(const Landmarks& landmarks) {
  const FacePose pose = PoseOf(landmarks);
  const double side = kBoxSide * pose.unit_px();
  const cv::Point2d corner = pose.At(kBoxCentre) - cv::Point2d(side, side) / 2;
  return cv::Rect2d(corner, cv::Size2d(side, side));
}

cv::Point2f LeftEye(const Landmarks& landmarks) { return (landmarks[2] + landmarks[3]) / 2; }

cv::Point2f RightEye(const Landmarks& landmarks) { return (landmarks[0] + landmarks[1]) / 2; }

bool MakesAFace(const Landmarks& landmarks, const cv::Rect2f& box) {
  const bool finite = std::ranges::all_of(landmarks, [](const cv::Point2f& point) {
    return std::isfinite(point.x) && std::isfinite(point.y);
  });
  const double box_side = (box.width + box.height) / 2;
  if (!finite || !(box.width > 0 && box.height > 0)) return false;
  const cv::Rect2d face = FaceBox(landmarks);
  const double ratio = face.width / box_side;
  if (!(ratio >= kMinBoxRatio && ratio <= kMaxBoxRatio)) return false;
  const cv::Point2d shift = (face.tl() + face.br() - cv::Point2d(box.tl() + box.br())) / 2;
  return std::hypot(shift.x, shift.y) <= kMaxBoxShift * box_side &&
         Distortion(landmarks) <= kMaxDistortion;
}

}  // namespace homeward
