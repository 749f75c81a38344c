#include "matcher/face_cascade.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "matcher/chip_scale.h"
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

// `region` of the whole picture, in the copy.
cv::Rect RegionOf(const PhotoCopy& copy, const cv::Rect& region) {
  const cv::Point2f corner = copy.FromWhole(cv::Point2f(region.tl()));
  const cv::Point2f end = copy.FromWhole(cv::Point2f(region.br()));
  return cv::Rect(cv::Point(cvFloor(corner.x), cvFloor(corner.y)),
                  cv::Point(cvCeil(end.x), cvCeil(end.y))) &
         cv::Rect({}, copy.photo.bgr.size());
}

}  // namespace

// All in pixels of the whole picture.
struct FaceCascade::Pass {
  FaceDetector* detector;
  CopyPlan plan;
  DetectionStage stage;
  std::optional<cv::Rect> part = {};  // of the region that is searched; else all of it
  float least_side_px = 0;            // of a face
};

struct FaceCascade::Search {
  PhotoReader& photo;
  cv::Rect region;
  std::function<bool(const cv::Rect2f& box)> wanted = [](const cv::Rect2f&) { return true; };
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
  const double mmod_scale = scale(whole ? o.mmod_retry_pixels : o.mmod_pixels);
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

// The smallest copy that has as many pixels as a pass wants that looks at it in `scale`.
int FaceCascade::ReductionFor(const Search& search, double scale) {
  int reduction = DetectionReduction(search.region.size(), search.photo.most_reduction());
  while (reduction > 1 && scale * reduction > 1) reduction /= 2;
  return reduction;
}

Result<std::optional<Landmarks>> FaceCascade::Fit(const Search& search, int reduction,
                                                  const cv::Rect2f& box) const {
  const auto copy = search.photo.At(reduction);
  if (!copy) return std::unexpected(copy.error());
  const cv::Rect region = RegionOf(**copy, search.region);
  const cv::Point2f corner(region.tl());
  const cv::Rect2f box_there = (*copy)->FromWhole(box) - corner;
  auto landmarks = landmarker_->Fit((*copy)->photo.bgr(region), box_there);
  if (!landmarks || !MakesAFace(*landmarks, box_there)) return std::nullopt;
  for (cv::Point2f& point : *landmarks) point += corner;
  return (*copy)->ToWhole(*landmarks);
}

Result<std::optional<Landmarks>> FaceCascade::FitAsCut(const Search& search, int reduction,
                                                       const cv::Rect2f& box) const {
  auto landmarks = Fit(search, reduction, box);
  if (!landmarks || !*landmarks) return landmarks;
  const int of_chip =
      ChipReduction(**landmarks, search.photo.size(), search.photo.most_reduction());
  if (of_chip >= reduction) return landmarks;
  auto again = Fit(search, of_chip, FaceBox(**landmarks));
  return !again || *again ? again : landmarks;
}

Result<void> FaceCascade::Add(const Search& search, const Pass& pass,
                              std::vector<FoundFace>& faces) {
  const int reduction = ReductionFor(search, pass.plan.scale);
  const auto copy = search.photo.At(reduction);
  if (!copy) return std::unexpected(copy.error());
  const cv::Rect shown =
      RegionOf(**copy, pass.part ? *pass.part + search.region.tl() : search.region);
  CopyPlan plan = pass.plan;
  plan.scale *= reduction;
  const PictureCopy picture = CopyPicture((*copy)->photo.bgr(shown), plan);
  const auto boxes = pass.detector->Detect(picture.bgr);
  if (!boxes) return std::unexpected(boxes.error());
  for (const cv::Rect2f& box : *boxes) {
    const cv::Rect2f there = picture.InPicture(box) + cv::Point2f(shown.tl());
    const auto landmarks = FitAsCut(search, reduction, (*copy)->ToWhole(there));
    if (!landmarks) return std::unexpected(landmarks.error());
    if (!*landmarks) continue;
    const cv::Rect2f face_box = FaceBox(**landmarks);
    const bool known = std::ranges::any_of(faces, [&](const FoundFace& face) {
      return ShareOfSmaller(face.box, face_box) > kSameFaceOverlap;
    });
    if (!known && face_box.width >= pass.least_side_px && search.wanted(face_box)) {
      faces.push_back({.box = face_box, .landmarks = *landmarks, .found_by = pass.stage});
    }
  }
  return {};
}

Result<std::vector<FoundFace>> FaceCascade::Run(const Search& search, bool whole) {
  std::vector<FoundFace> faces;
  const std::size_t always = whole ? 2 : 1;
  const auto passes = PassesFor(search.region.size(), whole);
  for (std::size_t i = 0; i < passes.size() && (i < always || faces.empty()); ++i) {
    if (const auto added = Add(search, passes[i], faces); !added) {
      return std::unexpected(added.error());
    }
  }
  return faces;
}

Result<std::vector<FoundFace>> FaceCascade::FindAll(PhotoReader& photo) {
  return Run({photo, cv::Rect({}, photo.size())}, true);
}

Result<std::vector<FoundFace>> FaceCascade::FindFirst(PhotoReader& photo) {
  return Run({photo, cv::Rect({}, photo.size())}, false);
}

Result<FoundFace> FaceCascade::FindIn(PhotoReader& photo, const cv::Rect2f& box) {
  const Search around{photo, AroundBox(box, photo.size()), [&](const cv::Rect2f& face) {
                        return ShareOfSmaller(face, box) > kGivenBoxOverlap;
                      }};
  const auto faces = Run(around, false);
  if (!faces) return std::unexpected(faces.error());
  if (!faces->empty()) {
    return *std::ranges::max_element(
        *faces, {}, [&](const FoundFace& each) { return ShareOfUnion(each.box, box); });
  }
  const auto landmarks =
      FitAsCut({photo, cv::Rect({}, photo.size())}, ReductionFor(around, 0), box);
  if (!landmarks) return std::unexpected(landmarks.error());
  return FoundFace{.box = *landmarks ? FaceBox(**landmarks) : box,
                   .landmarks = *landmarks,
                   .found_by = DetectionStage::kGivenBox};
}

}  // namespace homeward
