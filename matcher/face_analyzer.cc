#include "matcher/face_analyzer.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <utility>

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

}  // namespace

FaceAnalyzer::FaceAnalyzer(FaceCascade cascade, std::unique_ptr<FaceEmbedder> embedder)
    : cascade_(std::move(cascade)), embedder_(std::move(embedder)) {}

const Space& FaceAnalyzer::space() const { return embedder_->space(); }

Result<std::vector<FoundFace>> FaceAnalyzer::Find(const cv::Mat& bgr,
                                                  const AnalyzeOptions& options) {
  if (options.box) {
    if (!OverlapsPicture(*options.box, bgr.size())) {
      return Fail(Reason::kFaceBoxUnmatched,
                  "The given face box is empty or lies outside the picture. Boxes are in pixels of "
                  "the upright picture.");
    }
    auto face = cascade_.FindIn(bgr, *options.box);
    if (!face) return std::unexpected(face.error());
    return std::vector<FoundFace>{*std::move(face)};
  }
  auto faces = options.single_face ? cascade_.FindFirst(bgr) : cascade_.FindAll(bgr);
  if (!faces) return faces;
  std::ranges::stable_sort(*faces, std::ranges::greater(),
                           [](const FoundFace& face) { return face.box.area(); });
  if (options.single_face && faces->size() > 1) faces->resize(1);
  return faces;
}

Result<std::vector<Face>> FaceAnalyzer::Analyze(const Photo& photo, const AnalyzeOptions& options) {
  const auto found = Find(photo.bgr, options);
  if (!found) return std::unexpected(found.error());
  std::vector<Face> faces;
  std::vector<cv::Mat> chips;       // chip, mirror, chip, mirror, ...
  std::vector<std::size_t> owners;  // whose face each pair of chips is
  for (const FoundFace& each : *found) {
    Face face;
    face.box = each.box;
    face.found_by = each.found_by;
    if (each.landmarks) {
      face.landmarks = *each.landmarks;
      const cv::Mat chip = embedder_->CutChip(photo.bgr, face.landmarks);
      face.quality = MeasureQuality(photo, face.landmarks, face.box, chip);
      if (face.quality.eye_distance_px >= kLeastEyeDistancePx) {
        face.print = PrintOf(chip);
        chips.insert(chips.end(), {chip, Mirrored(chip)});
        owners.push_back(faces.size());
      }
    }
    faces.push_back(std::move(face));
  }
  if (options.make_templates) {
    if (auto made = MakeTemplates(chips, owners, faces); !made) {
      return std::unexpected(made.error());
    }
  }
  return faces;
}

Result<void> FaceAnalyzer::MakeTemplates(std::span<const cv::Mat> chips,
                                         std::span<const std::size_t> owners,
                                         std::vector<Face>& faces) {
  if (chips.empty()) return {};
  const auto vectors = embedder_->Embed(chips);
  if (!vectors) return std::unexpected(vectors.error());
  if (vectors->size() != chips.size()) {
    return Fail(Reason::kInternal, "the embedder gave not one vector a chip");
  }
  for (std::size_t i = 0; i < owners.size(); ++i) {
    auto mean = MeanTemplate(space(), std::span(*vectors).subspan(2 * i, 2));
    if (!mean) return std::unexpected(mean.error());
    faces[owners[i]].face_template = *std::move(mean);
  }
  return {};
}

}  // namespace homeward
