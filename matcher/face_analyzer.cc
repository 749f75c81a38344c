#include "matcher/face_analyzer.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>
#include <utility>

#include "matcher/chip_scale.h"
#include "matcher/landmarks.h"
#include "matcher/quality.h"

namespace homeward {
namespace {

// By a whole pixel each way: less is not there to be looked at.
bool OverlapsPicture(const cv::Rect2f& box, cv::Size picture) {
  const cv::Rect2f shared = box & cv::Rect2f(cv::Point2f(0, 0), cv::Size2f(picture));
  return shared.width >= 1 && shared.height >= 1;
}

cv::Mat Mirrored(const cv::Mat& chip) {
  cv::Mat mirrored;
  cv::flip(chip, mirrored, 1);
  return mirrored;
}

// A template for each chip, from it and its mirror image.
Result<std::vector<Template>> TemplatesOf(FaceEmbedder& embedder, std::span<const cv::Mat> chips) {
  std::vector<Template> templates;
  if (chips.empty()) return templates;
  std::vector<cv::Mat> pairs;  // chip, mirror, chip, mirror, ...
  for (const cv::Mat& chip : chips) pairs.insert(pairs.end(), {chip, Mirrored(chip)});
  const auto vectors = embedder.Embed(pairs);
  if (!vectors) return std::unexpected(vectors.error());
  if (vectors->size() != pairs.size()) {
    return Fail(Reason::kInternal, "the embedder gave not one vector a chip");
  }
  for (std::size_t i = 0; i < chips.size(); ++i) {
    auto mean = MeanTemplate(embedder.space(), std::span(*vectors).subspan(2 * i, 2));
    if (!mean) return std::unexpected(mean.error());
    templates.push_back(*std::move(mean));
  }
  return templates;
}

// What a face is cut out of and measured on, and where it lies there.
struct FaceView {
  const Photo* photo;
  Landmarks landmarks;
  cv::Rect2f box;
};

Result<FaceView> ViewOf(PhotoReader& photo, const Landmarks& landmarks) {
  const auto copy = photo.At(ChipReduction(landmarks, photo.size(), photo.most_reduction()));
  if (!copy) return std::unexpected(copy.error());
  return FaceView{.photo = &(*copy)->photo,
                  .landmarks = (*copy)->FromWhole(landmarks),
                  .box = (*copy)->FromWhole(FaceBox(landmarks))};
}

}  // namespace

FaceAnalyzer::FaceAnalyzer(FaceCascade cascade,
                           std::vector<std::unique_ptr<FaceEmbedder>> embedders)
    : cascade_(std::move(cascade)), embedders_(std::move(embedders)) {
  for (const auto& embedder : embedders_) spaces_.push_back(embedder->space());
}

Result<std::vector<FoundFace>> FaceAnalyzer::Find(PhotoReader& photo,
                                                  const AnalyzeOptions& options) {
  if (options.box) {
    if (!OverlapsPicture(*options.box, photo.size())) {
      return Fail(Reason::kFaceBoxUnmatched,
                  "The given face box is empty or lies outside the picture. Boxes are in pixels of "
                  "the upright picture.");
    }
    auto face = cascade_.FindIn(photo, *options.box);
    if (!face) return std::unexpected(face.error());
    return std::vector<FoundFace>{*std::move(face)};
  }
  auto faces = options.single_face ? cascade_.FindFirst(photo) : cascade_.FindAll(photo);
  if (!faces) return faces;
  std::ranges::stable_sort(*faces, std::ranges::greater(),
                           [](const FoundFace& face) { return face.box.area(); });
  if (options.single_face && faces->size() > 1) faces->resize(1);
  return faces;
}

Result<std::vector<Face>> FaceAnalyzer::Analyze(const Photo& whole, const AnalyzeOptions& options) {
  PhotoReader reader(whole);
  return Analyze(reader, options);
}

Result<std::vector<Face>> FaceAnalyzer::Analyze(PhotoReader& photo, const AnalyzeOptions& options) {
  const auto found = Find(photo, options);
  if (!found) return std::unexpected(found.error());
  std::vector<Face> faces;
  std::vector<FaceView> views;      // of the faces with a template
  std::vector<cv::Mat> chips;       // of the first embedder
  std::vector<std::size_t> owners;  // whose face each chip is
  for (const FoundFace& each : *found) {
    Face face;
    face.box = each.box;
    face.found_by = each.found_by;
    if (each.landmarks) {
      face.landmarks = *each.landmarks;
      auto view = ViewOf(photo, face.landmarks);
      if (!view) return std::unexpected(view.error());
      const cv::Mat chip = embedders_.front()->CutChip(view->photo->bgr, view->landmarks);
      face.quality = MeasureQuality(*view->photo, view->landmarks, view->box, chip);
      if (face.quality.eye_distance_px >= kLeastEyeDistancePx) {
        face.print = PrintOf(chip);
        chips.push_back(chip);
        views.push_back(*view);
        owners.push_back(faces.size());
      }
    }
    faces.push_back(std::move(face));
  }
  if (!options.make_templates) return faces;
  for (const auto& embedder : embedders_) {
    const bool is_cut = embedder == embedders_.front();
    for (std::size_t i = 0; !is_cut && i < views.size(); ++i) {
      chips[i] = embedder->CutChip(views[i].photo->bgr, views[i].landmarks);
    }
    auto templates = TemplatesOf(*embedder, chips);
    if (!templates) return std::unexpected(templates.error());
    for (std::size_t i = 0; i < owners.size(); ++i) {
      faces[owners[i]].templates.push_back(std::move((*templates)[i]));
    }
  }
  return faces;
}

Result<Template> FaceAnalyzer::MakeTemplate(PhotoReader& photo, const Landmarks& landmarks,
                                            std::string_view space_id) {
  const auto found = std::ranges::find(spaces_, space_id, &Space::id);
  if (found == spaces_.end()) {
    return Fail(Reason::kModelMismatch,
                "No network of the space " + std::string(space_id) + " is loaded.");
  }
  FaceEmbedder& embedder = *embedders_[static_cast<std::size_t>(found - spaces_.begin())];
  const auto view = ViewOf(photo, landmarks);
  if (!view) return std::unexpected(view.error());
  const cv::Mat chip = embedder.CutChip(view->photo->bgr, view->landmarks);
  auto made = TemplatesOf(embedder, {&chip, 1});
  if (!made) return std::unexpected(made.error());
  return std::move(made->front());
}

}  // namespace homeward
