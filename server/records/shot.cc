#include "server/records/shot.h"

#include <algorithm>
#include <set>

namespace homeward {
namespace {

// The number of the first of `faces` that shows the same photograph, or the next that is free.
std::int32_t ShotOf(const FaceEntry& face, std::span<const FaceEntry* const> faces) {
  std::int32_t last = 0;
  for (const FaceEntry* earlier : faces) {
    const bool same = face.face.print && earlier->face.print && earlier->shot != 0 &&
                      ShowSamePhotograph(*face.face.print, *earlier->face.print);
    if (same) return earlier->shot;
    last = std::max(last, earlier->shot);
  }
  return last + 1;
}

}  // namespace

void NumberShots(std::span<const PhotoEntry> stored, std::vector<PhotoEntry>& added) {
  std::vector<const FaceEntry*> numbered;
  for (const PhotoEntry& photo : stored) {
    for (const FaceEntry& face : photo.faces) numbered.push_back(&face);
  }
  for (PhotoEntry& photo : added) {
    for (FaceEntry& face : photo.faces) {
      face.shot = ShotOf(face, numbered);
      numbered.push_back(&face);
    }
  }
}

std::vector<const FaceEntry*> FacesOfShots(std::span<const PhotoEntry> photos,
                                           std::string_view space_id) {
  std::vector<const FaceEntry*> faces;
  std::set<std::int32_t> seen;
  for (const PhotoEntry& photo : photos) {
    for (const FaceEntry& face : photo.faces) {
      if (FindTemplate(face.templates, space_id) == nullptr) continue;
      if (face.shot == 0 || seen.insert(face.shot).second) faces.push_back(&face);
    }
  }
  return faces;
}

std::vector<Template> TemplatesOfShots(std::span<const PhotoEntry> photos,
                                       std::string_view space_id) {
  std::vector<Template> templates;
  for (const FaceEntry* face : FacesOfShots(photos, space_id)) {
    templates.push_back(*FindTemplate(face->templates, space_id));
  }
  return templates;
}

}  // namespace homeward
