// The faces of a photo that somebody shows.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>
#include <span>
#include <vector>

#include "matcher/face.h"
#include "server/records/casebook.h"
#include "server/records/intent.h"

namespace homeward {

// A photo as it was sent. The bytes belong to whoever called.
struct ShownPhoto {
  std::span<const std::uint8_t> bytes;
  std::optional<cv::Rect2f> face_box;  // the face that is meant, in pixels of the upright photo
  bool single_face = false;            // the caller vouches that one person is shown
};

struct AnalyzedPhoto {
  int width_px = 0;  // of the whole picture, in whose pixels the faces are
  int height_px = 0;
  std::vector<Face> faces;  // largest first; with templates where usable
};

// Decodes within the casebook's limits and analyzes. Waits for a free analyzer.
// Errors: those of DecodePhoto; kFaceBoxUnmatched; kCancelled.
Result<AnalyzedPhoto> AnalyzePhoto(Casebook& book, const Intent& intent, const ShownPhoto& shown);

// The one face that is meant: where none was chosen, the only usable one, else the largest, which
// is not usable; nullopt where the photo shows none. Errors: kSeveralFaces (metadata `face_count`,
// `boxes`) where several are usable and none was chosen; kFaceBoxUnmatched.
Result<std::optional<Face>> ChooseFace(const ShownPhoto& shown, const std::vector<Face>& faces);

// The same for a call that needs a template. Errors: as ChooseFace; kNoFaceFound, kNoUsableFace.
Result<Face> ChooseUsableFace(const ShownPhoto& shown, const std::vector<Face>& faces);

}  // namespace homeward
