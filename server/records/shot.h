// Which photos of a record are one photograph, sent more than once.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "matcher/template.h"
#include "server/records/photo_entry.h"

namespace homeward {

// Numbers the shots of the faces in `added`: that of the first face in `stored` and before it that
// shows the same photograph, else one of its own.
void NumberShots(std::span<const PhotoEntry> stored, std::vector<PhotoEntry>& added);

// The faces that stand for the person in one space: of those that have a template there, the first
// of each shot. They are those of `photos`.
std::vector<const FaceEntry*> FacesOfShots(std::span<const PhotoEntry> photos,
                                           std::string_view space_id);

// Their templates in that space.
std::vector<Template> TemplatesOfShots(std::span<const PhotoEntry> photos,
                                       std::string_view space_id);

}  // namespace homeward
