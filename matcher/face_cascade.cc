#include "matcher/face_cascade.h"

#include <algorithm>
#include <array>
#include <utility>

#include "matcher/landmarks.h"
#include "matcher/picture_copy.h"

namespace homeward {
namespace {

// A pass that enlarges less than this beyond an earlier one sees nothing new.
constexpr double kWorthLookingAgain = 1.15;
// Two boxes are of one face when they share more than this of the smaller.
constexpr float kSameFaceOverlap = 0.5F;
// A face lies in a given box when they share more than this of the smaller.
constexpr float kGivenBoxOverlap = 0.3F;
// On the copy that is enlarged most, HOG takes letters for faces; they are smaller than this.
constexpr float kLeastSmallFacePx = 20;
// Of each side of the picture in one of four parts that overlap. A face that lies whole in none of
// them takes more than 0.12 of a side; in photos of usual shapes the passes over all of it see
// such.
constexpr double kPartShare = 0.56;
// How far around a given box is looked, in its sides: detectors need surroundings.
constexpr float kGivenBoxMargin = 0.6F;

float ShareOfSmaller(const cv::Rect2f& a, const cv::Rect2f& b) {
  return (a & b).area() / std::min(a.area(), b.area());
}

float ShareOfUnion(const cv::Rect2f& a, const cv::Rect2f& b) {
  const float shared = (a & b).area();
  return shared / (a.area() + b.area() - shared);
}

cv::Rect AroundBox(const cv::Rect2f& box, cv::Size picture) {
  const cv::Point2f margin(kGivenBoxMargin * box.width, kGivenBoxMargin * box.height);
  const cv::Rect2f all(cv::Point2f(0, 0), cv::Size2f(picture));
  const cv::Rect2f around = cv::Rect2f(box.tl() - margin, box.br() + margin) & all;
  const cv::Point corner(cvFloor(around.x), cvFloor(around.y));
  const cv::Point end(cvCeil(around.br().x), cvCeil(around.br().y));
  return cv::Rect(corner, end) & cv::Rect({}, picture);
}

std::array<cv::Rect, 4> PartsOf(cv::Size size) {
  const cv::Size part(cvCeil(kPartShare * size.width), cvCeil(kPartShare * size.height));
  const int right = size.width - part.width;
  const int below = size.height - part.height;
  return {{{{0, 0}, part}, {{right, 0}, part}, {{0, below}, part}, {{right, below}, part}}};
}

}  // namespace

struct FaceCascade::Pass {
  FaceDetector* detector;
  CopyPlan plan;
  DetectionStage stage;
  std::optional<cv::Rect> part = {};  // of the picture; else all of it
  float least_side_px = 0;            // of a face, in the picture
};

FaceCascade::FaceCascade(CascadeDetectors detectors,
                         std::shared_ptr<const FaceLandmarker> landmarker,
                         const CascadeOptions& options)
    : detectors_(std::move(detectors)), landmarker_(std::move(landmarker)), options_(options) {}

std::vector<FaceCascade::Pass> FaceCascade::PassesFor(cv::Size size, bool whole) const {
  FaceDetector* const hog = detectors_.hog.get();
  FaceDetector* const mmod = detectors_.mmod.get();
  const CascadeOptions& o = options_;
  const auto scale = [&](double pixels) { return ScaleFor(size, 0, pixels, o.max_scale); };
  const double hog_scale = scale(whole ? o.hog_whole_pixels : o.hog_pixels);
  const double mmod_scale = scale(o.mmod_pixels);
  std::vector<Pass> passes{{hog, {.scale = hog_scale}, DetectionStage::kHog},
                           {mmod, {.scale = mmod_scale}, DetectionStage::kMmod}};
  const double retry_scale = ScaleFor(size, 0, o.mmod_retry_pixels, o.retry_max_scale);
  if (retry_scale > kWorthLookingAgain * mmod_scale) {
    passes.push_back({mmod, {.scale = retry_scale}, DetectionStage::kMmod});
  }
  const CopyPlan bordered{.scale = ScaleFor(size, o.border, o.mmod_pixels, o.retry_max_scale),
                          .border = o.border};
  passes.push_back({hog, bordered, DetectionStage::kBordered});
  passes.push_back({mmod, bordered, DetectionStage::kBordered});
  const double small = ScaleFor(size, 0, o.small_face_pixels, o.retry_max_scale);
  if (small > kWorthLookingAgain * hog_scale) {
    passes.push_back({hog, {.scale = small}, DetectionStage::kHog, {}, kLeastSmallFacePx});
  }
  for (const int turn : {30, -30, 90, -90, 180}) {
    const CopyPlan turned{.scale = scale(o.turned_hog_pixels), .turn_degrees = turn};
    passes.push_back({hog, turned, DetectionStage::kTurned});
  }
  for (const int turn : {90, -90, 180}) {
    const CopyPlan turned{.scale = scale(o.turned_mmod_pixels), .turn_degrees = turn};
    passes.push_back({mmod, turned, DetectionStage::kTurned});
  }
  for (const cv::Rect& part : PartsOf(size)) {
    const CopyPlan plan{.scale = ScaleFor(part.size(), 0, o.mmod_retry_pixels, 1)};
    if (plan.scale <= kWorthLookingAgain * retry_scale) break;
    passes.push_back({mmod, plan, DetectionStage::kMmod, part});
  }
  std::erase_if(passes, [](const Pass& pass) { return pass.detector == nullptr; });
  return passes;
}

Result<void> FaceCascade::Add(const cv::Mat& bgr, const Pass& pass, const Wanted& wanted,
                              std::vector<FoundFace>& faces) {
  const cv::Rect part = pass.part.value_or(cv::Rect({}, bgr.size()));
  const PictureCopy copy = CopyPicture(bgr(part), pass.plan);
  const auto boxes = pass.detector->Detect(copy.bgr);
  if (!boxes) return std::unexpected(boxes.error());
  for (const cv::Rect2f& copy_box : *boxes) {
    const cv::Rect2f box = copy.InPicture(copy_box) + cv::Point2f(part.tl());
    const auto landmarks = landmarker_->Fit(bgr, box);
    if (!landmarks || !MakesAFace(*landmarks, box)) continue;
    const cv::Rect2f face_box = FaceBox(*landmarks);
    const bool known = std::ranges::any_of(faces, [&](const FoundFace& face) {
      return ShareOfSmaller(face.box, face_box) > kSameFaceOverlap;
    });
    if (!known && face_box.width >= pass.least_side_px && wanted(face_box)) {
      faces.push_back({.box = face_box, .landmarks = landmarks, .found_by = pass.stage});
    }
  }
  return {};
}

Result<std::vector<FoundFace>> FaceCascade::Run(const cv::Mat& bgr, bool whole,
                                                const Wanted& wanted) {
  std::vector<FoundFace> faces;
  const std::size_t always = whole ? 2 : 1;
  const auto passes = PassesFor(bgr.size(), whole);
  for (std::size_t i = 0; i < passes.size() && (i < always || faces.empty()); ++i) {
    if (const auto added = Add(bgr, passes[i], wanted, faces); !added) {
      return std::unexpected(added.error());
    }
  }
  return faces;
}

Result<std::vector<FoundFace>> FaceCascade::FindAll(const cv::Mat& bgr) {
  return Run(bgr, true, [](const cv::Rect2f&) { return true; });
}

Result<std::vector<FoundFace>> FaceCascade::FindFirst(const cv::Mat& bgr) {
  return Run(bgr, false, [](const cv::Rect2f&) { return true; });
}

Result<FoundFace> FaceCascade::FindIn(const cv::Mat& bgr, const cv::Rect2f& box) {
  const cv::Rect region = AroundBox(box, bgr.size());
  const cv::Point2f corner(region.tl());
  const cv::Rect2f box_there = box - corner;
  auto faces = Run(bgr(region), false, [&](const cv::Rect2f& face) {
    return ShareOfSmaller(face, box_there) > kGivenBoxOverlap;
  });
  if (!faces) return std::unexpected(faces.error());
  if (faces->empty()) {
    const auto landmarks = landmarker_->Fit(bgr, box);
    const bool made = landmarks && MakesAFace(*landmarks, box);
    return FoundFace{.box = made ? FaceBox(*landmarks) : box,
                     .landmarks = made ? landmarks : std::nullopt,
                     .found_by = DetectionStage::kGivenBox};
  }
  FoundFace face = *std::ranges::max_element(
      *faces, {}, [&](const FoundFace& each) { return ShareOfUnion(each.box, box_there); });
  face.box += corner;
  for (cv::Point2f& point : *face.landmarks) point += corner;
  return face;
}

}  // namespace homeward
