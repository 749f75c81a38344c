#include "server/jobs/space_fill.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "matcher/photo_reader.h"
#include "server/jobs/service_caller.h"
#include "server/records/deed.h"

namespace homeward {
namespace {

// One change of the database: a disk waits for each, and a writer waits for all of it.
constexpr int kPhotosPerChange = 8;

// The faces of a stored photo that lack a template in the space, each with it.
Result<std::vector<GalleryFace>> MakeMissing(Casebook& book, const std::string& space_id,
                                             const PhotoEntry& photo) {
  const auto bytes = book.vault().Get(photo.id, photo.sha256);
  if (!bytes) return std::unexpected(bytes.error());
  auto picture = PhotoReader::Open(*bytes, book.photo_limits());
  if (!picture) return std::unexpected(picture.error());
  std::vector<GalleryFace> made;
  auto analyzer = book.analyzers().Acquire();
  for (const FaceEntry& face : photo.faces) {
    if (face.templates.empty() || FindTemplate(face.templates, space_id) != nullptr) continue;
    auto one = analyzer->MakeTemplate(*picture, face.face.landmarks, space_id);
    if (!one) return std::unexpected(one.error());
    made.push_back({photo.record, photo.id, face.id, {*std::move(one)}, face.shot});
  }
  return made;
}

bool IsMissingStill(const std::optional<PhotoEntry>& photo, const GalleryFace& made) {
  if (!photo) return false;
  const auto face = std::ranges::find(photo->faces, made.face, &FaceEntry::id);
  return face != photo->faces.end() &&
         FindTemplate(face->templates, made.templates.front().space_id) == nullptr;
}

// What was erased in the meantime is passed over. Returns how many were stored.
Result<std::int64_t> Keep(Casebook& book, const std::string& space_id,
                          const std::vector<GalleryFace>& made) {
  Intent intent;
  intent.caller = kServiceCaller;
  intent.method = "FillSpace";
  intent.purpose = "templates of stored faces in a further space";
  std::int64_t kept = 0;
  const auto done = Perform(book, intent, [&](UnitOfWork& unit) -> Result<Deed> {
    Deed deed{.object = "spaces/" + space_id};
    for (const GalleryFace& each : made) {
      const auto photo = unit.FindPhoto(each.photo);
      if (!photo) return std::unexpected(photo.error());
      if (!IsMissingStill(*photo, each)) continue;
      if (auto added = unit.AddTemplate(each.face, each.templates.front()); !added) {
        return std::unexpected(added.error());
      }
      deed.gallery.add_faces.push_back(each);
      ++kept;
    }
    return deed;
  });
  if (!done) return std::unexpected(done.error());
  return kept;
}

Result<void> FillSpace(Casebook& book, const std::string& space_id,
                       const std::function<bool()>& stopped,
                       const std::function<void(const Error&)>& complain, FilledSpaces& filled) {
  std::int64_t after = 0;
  while (!stopped()) {
    const auto photos = book.store().ListUnfilled(space_id, after, kPhotosPerChange);
    if (!photos) return std::unexpected(photos.error());
    if (photos->empty()) return {};
    std::vector<GalleryFace> made;
    for (const UnfilledPhoto& each : *photos) {
      if (stopped()) break;
      after = each.sequence;
      const auto photo = book.store().FindPhoto(each.id);
      if (!photo) return std::unexpected(photo.error());
      if (!*photo) continue;
      auto of_photo = MakeMissing(book, space_id, **photo);
      if (!of_photo) {
        ++filled.photos_left_out;
        complain(of_photo.error());
        continue;
      }
      made.insert(made.end(), std::make_move_iterator(of_photo->begin()),
                  std::make_move_iterator(of_photo->end()));
    }
    if (made.empty()) continue;
    const auto kept = Keep(book, space_id, made);
    if (!kept) return std::unexpected(kept.error());
    filled.faces += *kept;
  }
  return {};
}

}  // namespace

Result<FilledSpaces> FillSpaces(Casebook& book, const std::function<bool()>& stopped,
                                const std::function<void(const Error&)>& complain) {
  FilledSpaces filled;
  for (const Space& space : book.analyzers().spaces()) {
    auto done = FillSpace(book, space.id, stopped, complain, filled);
    if (!done) return std::unexpected(done.error());
  }
  return filled;
}

}  // namespace homeward
