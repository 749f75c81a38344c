#include "server/records/gallery_rebuild.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_set>

#include "matcher/gallery_snapshot.h"

namespace homeward {
namespace {

void DropOtherSpaces(const std::unordered_set<std::string_view>& ids, GalleryChange& change) {
  for (GalleryFace& face : change.add_faces) {
    std::erase_if(face.templates,
                  [&](const Template& each) { return !ids.contains(each.space_id); });
  }
  std::erase_if(change.add_faces, [](const GalleryFace& face) { return face.templates.empty(); });
}

}  // namespace

Result<std::unique_ptr<Gallery>> RebuildGallery(const Store& store,
                                                const std::vector<MeasuredSpace>& spaces,
                                                const Gallery::IndexFactory& make_index,
                                                const SpreadRecall& recall) {
  std::unordered_set<std::string_view> ids;
  for (const MeasuredSpace& each : spaces) ids.insert(each.space.id);
  auto gallery = std::make_unique<Gallery>(spaces, make_index);
  std::int64_t records = 0;
  std::unordered_set<FaceId> faces;  // one comes again with a template of a later space
  std::uint64_t digest = 0;
  const auto loaded = store.LoadGallery([&](GalleryChange change) {
    DropOtherSpaces(ids, change);
    records += std::ranges::count(change.put_records, change.number, &GalleryRecord::created);
    for (const GalleryFace& face : change.add_faces) {
      if (faces.insert(face.face).second) digest += DigestOf(face.face);
    }
    return gallery->Load(change);
  });
  if (!loaded) return std::unexpected(loaded.error());
  gallery->Publish(recall);
  const auto snapshot = gallery->Pin();
  if (snapshot->record_count() != records || snapshot->face_count() != std::ssize(faces) ||
      snapshot->face_digest() != digest) {
    return Fail(
        Reason::kStoreCorrupt,
        fmt::format("The gallery holds {} records with {} faces, the database {} with {}.",
                    snapshot->record_count(), snapshot->face_count(), records, faces.size()));
  }
  return gallery;
}

}  // namespace homeward
