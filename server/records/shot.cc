#include "server/records/shot.h"

#include <set>

#include "matcher/shot_counter.h"

namespace homeward {

void NumberShots(std::span<const PhotoEntry> stored, std::vector<PhotoEntry>& added) {
  ShotCounter counter;
  for (const PhotoEntry& photo : stored) {
    for (const FaceEntry& face : photo.faces) counter.Add(face.face.print, face.shot);
  }
  for (PhotoEntry& photo : added) {
    for (FaceEntry& face : photo.faces) face.shot = counter.Number(face.face.print);
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
