#include "matcher/gallery_snapshot.h"

#include <algorithm>
#include <cstring>

namespace homeward {
namespace {

// The finisher of splitmix64: every bit of the input moves every bit of the output.
std::uint64_t Mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

}  // namespace

std::uint64_t DigestOf(const FaceId& face) {
  std::uint64_t low;
  std::uint64_t high;
  std::memcpy(&low, face.bytes.data(), sizeof low);
  std::memcpy(&high, face.bytes.data() + sizeof low, sizeof high);
  return Mix(Mix(low + 0x9e3779b97f4a7c15u) ^ high);
}

const GalleryRecord* GallerySnapshot::FindRecord(const RecordId& id) const {
  const auto row = FindRow(id);
  return row ? &content_.records[*row] : nullptr;
}

const GalleryRecord* GallerySnapshot::FindRecordOfPhoto(const PhotoId& id) const {
  const auto row = content_.row_of_photo.Find(id.bytes);
  return row ? &content_.records[*row] : nullptr;
}

const GallerySpace* GallerySnapshot::FindSpace(std::string_view space_id) const {
  const auto space = std::ranges::find_if(
      content_.spaces, [&](const GallerySpace& each) { return each.space.id == space_id; });
  return space == content_.spaces.end() ? nullptr : &*space;
}

std::optional<std::uint32_t> GallerySnapshot::FindRow(const RecordId& id) const {
  return content_.row_of_record.Find(id.bytes);
}

}  // namespace homeward
