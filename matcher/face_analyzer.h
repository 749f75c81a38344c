// Photo -> faces with quality and template: everything between the decoder and the index.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "matcher/error.h"
#include "matcher/face.h"
#include "matcher/face_cascade.h"
#include "matcher/face_embedder.h"
#include "matcher/photo.h"
#include "matcher/photo_reader.h"

namespace homeward {

struct AnalyzeOptions {
  // Look only at the face that overlaps this box most (pixels of the whole picture).
  std::optional<cv::Rect2f> box = {};
  // The caller vouches that one person is shown: the cascade stops at the first stage that finds a
  // face, and only the largest is returned. Otherwise the whole cascade runs, so that a second face
  // is not overlooked.
  bool single_face = false;
  // false: boxes, landmarks and quality only.
  bool make_templates = true;
};

// Thread safety: none; one per worker (AnalyzerPool in the server leases them).
class FaceAnalyzer {
 public:
  // At least one embedder, each of another space. The chip of the first also tells quality.
  FaceAnalyzer(FaceCascade cascade, std::vector<std::unique_ptr<FaceEmbedder>> embedders);

  // Of the embedders, in their order.
  const std::vector<Space>& spaces() const { return spaces_; }
  // Faces in pixels of the whole picture, largest first; empty when none was found. A template is
  // the mean of the vectors of chip and mirrored chip; there is none where the eyes are less than
  // kLeastEyeDistancePx apart and where options.box holds no face that can be made out (its
  // landmarks and measures are then zero). Errors: kFaceBoxUnmatched (options.box outside the
  // picture or empty), kInternal, those of the photo's decoder.
  Result<std::vector<Face>> Analyze(PhotoReader& photo, const AnalyzeOptions& options);
  // The same of pixels that are there already, and so of no smaller copy.
  Result<std::vector<Face>> Analyze(const Photo& whole, const AnalyzeOptions& options);
  // The template, in one of spaces(), of a face that was found in this photo before: to the bit the
  // one that Analyze made or would have made. Errors: kModelMismatch for another space; kInternal;
  // those of the photo's decoder.
  Result<Template> MakeTemplate(PhotoReader& photo, const Landmarks& landmarks,
                                std::string_view space_id);

 private:
  Result<std::vector<FoundFace>> Find(PhotoReader& photo, const AnalyzeOptions& options);

  FaceCascade cascade_;
  std::vector<std::unique_ptr<FaceEmbedder>> embedders_;
  std::vector<Space> spaces_;
};

}  // namespace homeward
