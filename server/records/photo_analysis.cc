#include "server/records/photo_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "matcher/chip_scale.h"
#include "matcher/photo_reader.h"

namespace homeward {
namespace {

std::unexpected<Error> BoxUnmatched() {
  return Fail(Reason::kFaceBoxUnmatched,
              "There is no face at the box given, or the box lies outside the photo.");
}

// Boxes of faces at the border reach over it, but by less than the picture's size; what lies
// farther out is cut off, so that no arithmetic on it can overflow.
Result<std::optional<cv::Rect2f>> Bounded(const std::optional<cv::Rect2f>& box,
                                          const cv::Size2f& picture) {
  if (!box) return std::nullopt;
  if (!std::isfinite(box->x) || !std::isfinite(box->y) || !std::isfinite(box->width) ||
      !std::isfinite(box->height) || box->width <= 0 || box->height <= 0) {
    return BoxUnmatched();
  }
  const cv::Rect2f around{-picture.width, -picture.height, 3 * picture.width, 3 * picture.height};
  return *box & around;
}

std::unexpected<Error> SeveralFaces(const std::vector<Face>& faces) {
  std::string boxes;
  int count = 0;
  for (const Face& face : faces) {
    if (face.templates.empty()) continue;
    fmt::format_to(std::back_inserter(boxes), "{}{:g},{:g},{:g},{:g}", count == 0 ? "" : ";",
                   face.box.x, face.box.y, face.box.width, face.box.height);
    ++count;
  }
  return Fail(Reason::kSeveralFaces,
              fmt::format("The photo shows {} faces; repeat the call with the box of one.", count),
              {{"face_count", std::to_string(count)}, {"boxes", boxes}});
}

}  // namespace

Result<AnalyzedPhoto> AnalyzePhoto(Casebook& book, const Intent& intent, const ShownPhoto& shown) {
  if (auto going = CheckNotCancelled(intent); !going) return std::unexpected(going.error());
  auto photo = PhotoReader::Open(shown.bytes, book.photo_limits());
  if (!photo) return std::unexpected(photo.error());
  const cv::Size size = photo->size();
  const auto box = Bounded(shown.face_box, cv::Size2f(size));
  if (!box) return std::unexpected(box.error());
  // Before it waits: what cannot be decoded takes nobody's turn.
  const auto first = photo->At(DetectionReduction(size, photo->most_reduction()));
  if (!first) return std::unexpected(first.error());
  auto analyzer = book.analyzers().Acquire();
  if (auto going = CheckNotCancelled(intent); !going) return std::unexpected(going.error());
  auto faces = analyzer->Analyze(*photo, {.box = *box, .single_face = shown.single_face});
  if (!faces) return std::unexpected(faces.error());
  return AnalyzedPhoto{size.width, size.height, *std::move(faces)};
}

Result<std::optional<Face>> ChooseFace(const ShownPhoto& shown, const std::vector<Face>& faces) {
  if (shown.face_box) {
    if (faces.empty()) return BoxUnmatched();
    return faces.front();
  }
  const auto usable = [](const Face& face) { return !face.templates.empty(); };
  if (!shown.single_face && std::ranges::count_if(faces, usable) > 1) return SeveralFaces(faces);
  const auto found = std::ranges::find_if(faces, usable);
  if (found != faces.end()) return *found;
  if (faces.empty()) return std::nullopt;
  return faces.front();
}

Result<Face> ChooseUsableFace(const ShownPhoto& shown, const std::vector<Face>& faces) {
  auto face = ChooseFace(shown, faces);
  if (!face) return std::unexpected(face.error());
  if (!*face) return Fail(Reason::kNoFaceFound, "No face was found in the photo.");
  if ((*face)->templates.empty()) {
    return Fail(Reason::kNoUsableFace, "A face was found, but none that can be compared.");
  }
  return **std::move(face);
}

}  // namespace homeward
