#include "server/records/photo_intake.h"

#include <utility>

namespace homeward {
namespace {

// With the templates in their own place.
FaceEntry EntryOf(const FaceId& id, Face face) {
  auto templates = std::exchange(face.templates, {});
  return {.id = id, .face = std::move(face), .templates = std::move(templates)};
}

}  // namespace

Result<PhotoEntry> TakeIn(Casebook& book, const Intent& intent, const NewPhoto& photo) {
  const auto analyzed = AnalyzePhoto(book, intent, photo.shown);
  if (!analyzed) return std::unexpected(analyzed.error());
  auto face = ChooseFace(photo.shown, analyzed->faces);
  if (!face) return std::unexpected(face.error());
  PhotoEntry entry{.id = PhotoId{book.ids().Next()},
                   .record = {},
                   .kind = photo.kind,
                   .capture_date = photo.capture_date,
                   .sha256 = Sha256Of(photo.shown.bytes),
                   .width_px = analyzed->width_px,
                   .height_px = analyzed->height_px,
                   .faces = {}};
  if (!*face) {
    entry.no_template_reason = NoTemplateReason::kFaceNotFound;
    return entry;
  }
  entry.faces.push_back(EntryOf(FaceId{book.ids().Next()}, **std::move(face)));
  if (entry.faces.front().templates.empty()) {
    entry.no_template_reason = NoTemplateReason::kFaceNotUsable;
  }
  return entry;
}

}  // namespace homeward
