#include "matcher/cheeks.h"

#include "matcher/face_patch.h"

namespace homeward {
namespace {

// In face units, of the mean face: the middles of its eyes, and a zone's side and upper edge. The
// mouth, which is no landmark, lies as far below the nose as in dlib's mean face of 68 points.
constexpr double kLeftEye = (kMeanFace[2][0] + kMeanFace[3][0]) / 2;
constexpr double kRightEye = (kMeanFace[0][0] + kMeanFace[1][0]) / 2;
constexpr double kEyeLine = (kMeanFace[1][1] + kMeanFace[3][1]) / 2;
constexpr double kMouth = 0.82;
constexpr double kZone = 0.3 * (kRightEye - kLeftEye);
constexpr double kTop = (kEyeLine + kMouth) / 2;

cv::Rect Places(double left) {
  const auto place = [](double units) { return static_cast<int>(units * FacePatch::kSide); };
  return {place(left), place(kTop), place(kZone), place(kZone)};
}

}  // namespace

cv::Rect LeftCheek() { return Places(kLeftEye - kZone); }
cv::Rect RightCheek() { return Places(kRightEye); }

}  // namespace homeward
