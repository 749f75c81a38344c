#include "models/steady_landmarker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "matcher/landmarks.h"

namespace homeward {
namespace {

// The copy of a face: a square of kPatchPx in whose middle the box that fits start from has kBoxPx.
// Large, because fits are rounded to whole pixels of it.
constexpr int kPatchPx = 480;
constexpr float kBoxPx = 240;
// The box in face units (landmarks.h): where the detectors draw theirs.
const cv::Point2d kBoxCentre{0.47, 0.47};
constexpr double kBoxSide = 1.35;
// How far the boxes lie apart, in sides.
constexpr float kShift = 0.08F;
// The contrast that the box is given, so that a dark face gives the same points: the predictor's
// trees compare grey values with constants.
constexpr double kMeanGrey = 128;
constexpr double kGreyDeviation = 60;
constexpr double kMaxGain = 12;
// The disagreement of fits, in face units (root mean square). On faces found right in the half of
// LFW that is not reported on: median 0.004, 98 % below 0.02. On boxes without a face and on faces
// upside down: 90 % above 0.05.
constexpr double kSurelyAFace = 0.04;
constexpr double kStillAFace = 0.08;
// A face the other way up is rare, and points can happen to agree; so there it takes more.
constexpr double kSurelyTurned = 0.025;

struct SteadyFit {
  Landmarks landmarks{};
  double disagreement = 0;
};

// A copy of the face in one pose, and the way back.
struct Patch {
  cv::Mat bgr;
  cv::Matx23d to_picture;
};

FacePose PoseInBox(const cv::Rect2f& box, double turn_degrees) {
  const double side = (box.width + box.height) / 2.0;
  const double unit = side / kBoxSide;
  const double angle = turn_degrees * CV_PI / 180;
  FacePose pose{.right = {unit * std::cos(angle), unit * std::sin(angle)}, .origin = {}};
  pose.origin = cv::Point2d(box.tl() + box.br()) / 2 - pose.At(kBoxCentre);
  return pose;
}

cv::Matx23d PatchToPicture(const FacePose& pose) {
  const cv::Point2d along = pose.right * (kBoxSide / kBoxPx);
  const double middle = kPatchPx / 2.0;
  const cv::Point2d centre = pose.At(kBoxCentre);
  return {along.x, -along.y, centre.x - along.x * middle + along.y * middle,
          along.y, along.x,  centre.y - along.y * middle - along.x * middle};
}

cv::Point2f Through(const cv::Matx23d& affine, cv::Point2f point) {
  const cv::Vec2d there = affine * cv::Vec3d(point.x, point.y, 1);
  return {static_cast<float>(there[0]), static_cast<float>(there[1])};
}

// The part of the picture that the patch shows.
cv::Rect RegionOf(const cv::Matx23d& to_picture, cv::Size picture) {
  std::array<cv::Point2f, 4> corners;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    corners[i] = Through(to_picture, {i % 2 == 0 ? 0.0F : kPatchPx, i / 2 == 0 ? 0.0F : kPatchPx});
  }
  const auto [left, right] = std::ranges::minmax(corners, {}, &cv::Point2f::x);
  const auto [top, bottom] = std::ranges::minmax(corners, {}, &cv::Point2f::y);
  const cv::Rect2d all({}, cv::Size2d(picture));
  const cv::Rect2d shown =
      cv::Rect2d(cv::Point2d(left.x - 1, top.y - 1), cv::Point2d(right.x + 2, bottom.y + 2)) & all;
  return cv::Rect(shown) & cv::Rect({}, picture);
}

// Where the patch is much smaller than what it shows, samples alone would miss most pixels.
cv::Mat Sampled(const cv::Mat& bgr, cv::Matx23d to_picture) {
  const double step = std::hypot(to_picture(0, 0), to_picture(1, 0));
  const cv::Rect region = RegionOf(to_picture, bgr.size());
  if (region.area() == 0) return cv::Mat::zeros(kPatchPx, kPatchPx, CV_8UC3);
  cv::Mat source = bgr(region);
  to_picture(0, 2) -= region.x;
  to_picture(1, 2) -= region.y;
  if (step > 1.5) {
    const cv::Size size(std::max(1, cvRound(region.width / step)),
                        std::max(1, cvRound(region.height / step)));
    const double x = static_cast<double>(size.width) / region.width;
    const double y = static_cast<double>(size.height) / region.height;
    cv::Mat reduced;
    cv::resize(source, reduced, size, 0, 0, cv::INTER_AREA);
    source = reduced;
    to_picture = {x * to_picture(0, 0), x * to_picture(0, 1), x * (to_picture(0, 2) + 0.5) - 0.5,
                  y * to_picture(1, 0), y * to_picture(1, 1), y * (to_picture(1, 2) + 0.5) - 0.5};
  }
  cv::Mat patch;
  cv::warpAffine(source, patch, to_picture, {kPatchPx, kPatchPx},
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT);
  return patch;
}

void EvenOut(cv::Mat& patch) {
  constexpr int kMargin = (kPatchPx - static_cast<int>(kBoxPx)) / 2;
  const cv::Rect box(kMargin, kMargin, kPatchPx - 2 * kMargin, kPatchPx - 2 * kMargin);
  cv::Mat grey;
  cv::cvtColor(patch(box), grey, cv::COLOR_BGR2GRAY);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(grey, mean, deviation);
  const double gain = std::min(kGreyDeviation / std::max(deviation[0], 1.0), kMaxGain);
  patch.convertTo(patch, CV_8U, gain, kMeanGrey - gain * mean[0]);
}

Patch CutPatch(const cv::Mat& bgr, const FacePose& pose) {
  Patch patch{.bgr = {}, .to_picture = PatchToPicture(pose)};
  patch.bgr = Sampled(bgr, patch.to_picture);
  EvenOut(patch.bgr);
  return patch;
}

cv::Rect2f StartBox(float shift_x, float shift_y) {
  const float corner = (kPatchPx - kBoxPx) / 2;
  return {corner + shift_x * kBoxPx, corner + shift_y * kBoxPx, kBoxPx, kBoxPx};
}

// Fits of the mirror image, as points of the patch: left and right are exchanged.
Landmarks Unmirrored(const Landmarks& mirrored) {
  constexpr std::array<std::size_t, 5> kCounterpart = {2, 3, 0, 1, 4};
  Landmarks landmarks;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    landmarks[kCounterpart[i]] = {kPatchPx - 1 - mirrored[i].x, mirrored[i].y};
  }
  return landmarks;
}

float MeanOfMiddleThree(std::array<float, 5> values) {
  std::ranges::sort(values);
  return (values[1] + values[2] + values[3]) / 3;
}

SteadyFit Agreement(const std::array<Landmarks, 5>& fits) {
  SteadyFit steady;
  double squares = 0;
  for (std::size_t i = 0; i < steady.landmarks.size(); ++i) {
    std::array<float, 5> x;
    std::array<float, 5> y;
    for (std::size_t f = 0; f < fits.size(); ++f) {
      x[f] = fits[f][i].x;
      y[f] = fits[f][i].y;
    }
    const cv::Point2f middle(MeanOfMiddleThree(x), MeanOfMiddleThree(y));
    steady.landmarks[i] = middle;
    for (const Landmarks& fit : fits) squares += (fit[i] - middle).dot(fit[i] - middle);
  }
  const double count = static_cast<double>(fits.size() * steady.landmarks.size());
  steady.disagreement = std::sqrt(squares / count) / (kBoxPx / kBoxSide);
  return steady;
}

Landmarks InPicture(const Landmarks& landmarks, const cv::Matx23d& to_picture) {
  Landmarks there;
  std::ranges::transform(landmarks, there.begin(),
                         [&](cv::Point2f point) { return Through(to_picture, point); });
  return there;
}

std::optional<Landmarks> FitOnce(const FaceLandmarker& fitter, const cv::Mat& bgr,
                                 const FacePose& pose) {
  const Patch patch = CutPatch(bgr, pose);
  const auto landmarks = fitter.Fit(patch.bgr, StartBox(0, 0));
  if (!landmarks) return std::nullopt;
  return InPicture(*landmarks, patch.to_picture);
}

std::optional<SteadyFit> FitSteadily(const FaceLandmarker& fitter, const cv::Mat& bgr,
                                     const FacePose& pose) {
  const Patch patch = CutPatch(bgr, pose);
  cv::Mat mirror;
  cv::flip(patch.bgr, mirror, 1);
  const std::array<std::optional<Landmarks>, 5> fits = {
      fitter.Fit(patch.bgr, StartBox(0, 0)), fitter.Fit(patch.bgr, StartBox(kShift, -kShift)),
      fitter.Fit(patch.bgr, StartBox(-kShift, kShift)),
      fitter.Fit(mirror, StartBox(-kShift, kShift)), fitter.Fit(mirror, StartBox(kShift, -kShift))};
  std::array<Landmarks, 5> all;
  for (std::size_t f = 0; f < fits.size(); ++f) {
    if (!fits[f]) return std::nullopt;
    all[f] = f < 3 ? *fits[f] : Unmirrored(*fits[f]);
  }
  SteadyFit steady = Agreement(all);
  steady.landmarks = InPicture(steady.landmarks, patch.to_picture);
  return steady;
}

std::optional<SteadyFit> FitThisWayUp(const FaceLandmarker& fitter, const cv::Mat& bgr,
                                      const cv::Rect2f& box, double turn_degrees) {
  auto landmarks = FitOnce(fitter, bgr, PoseInBox(box, turn_degrees));
  if (landmarks) landmarks = FitOnce(fitter, bgr, PoseOf(*landmarks));
  if (!landmarks) return std::nullopt;
  return FitSteadily(fitter, bgr, PoseOf(*landmarks));
}

}  // namespace

SteadyLandmarker::SteadyLandmarker(std::unique_ptr<const FaceLandmarker> fitter)
    : fitter_(std::move(fitter)) {}

std::optional<Landmarks> SteadyLandmarker::Fit(const cv::Mat& bgr, const cv::Rect2f& box) const {
  if (!(box.width > 0 && box.height > 0)) return std::nullopt;
  SteadyFit best{.landmarks = {}, .disagreement = kStillAFace};
  bool found = false;
  for (const double turn : {0.0, 90.0, -90.0, 180.0}) {
    const auto fit = FitThisWayUp(*fitter_, bgr, box, turn);
    const double limit = turn == 0 ? best.disagreement : std::min(best.disagreement, kSurelyTurned);
    if (!fit || fit->disagreement > limit) continue;
    best = *fit;
    found = true;
    if (best.disagreement <= kSurelyAFace) break;
  }
  if (!found) return std::nullopt;
  return best.landmarks;
}

}  // namespace homeward
