// A stored photo: what is known about it. Its bytes are in the photo vault under its id.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/face.h"
#include "matcher/gallery.h"
#include "server/records/clock.h"
#include "server/records/date.h"

namespace homeward {

enum class PhotoKind : std::uint8_t { kUnspecified, kIntake, kFamily, kDocument, kHistorical };
enum class NoTemplateReason : std::uint8_t { kNone, kFaceNotFound, kFaceNotUsable };

using Sha256 = std::array<std::uint8_t, 32>;

// The enrolled face of a photo.
struct FaceEntry {
  FaceId id;
  Face face;                        // without templates
  std::vector<Template> templates;  // at most one per space; empty where not usable
  std::int32_t shot = 0;            // as in GalleryFace
};

struct PhotoEntry {
  PhotoId id;
  RecordId record;
  PhotoKind kind = PhotoKind::kUnspecified;
  std::optional<Date> capture_date;
  Sha256 sha256{};
  int width_px = 0;  // of Photo::bgr, in whose pixels the faces are
  int height_px = 0;
  std::vector<FaceEntry> faces;
  NoTemplateReason no_template_reason = NoTemplateReason::kNone;
  Time created{};
  ChangeNumber change = 0;  // of the transaction that stored it; given by the store
};

}  // namespace homeward
