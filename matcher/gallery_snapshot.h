// The gallery as it was after one change. Whoever holds it is not disturbed by later ones.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "matcher/evidence.h"
#include "matcher/face_index.h"
#include "matcher/gallery.h"
#include "matcher/versioned_id_map.h"
#include "matcher/versioned_table.h"
#include "matcher/yardstick.h"

namespace homeward {

// What the digest of a gallery adds up, modulo 2^64, over its faces; whoever keeps the same sum
// over the faces of the database can tell that the two agree.
std::uint64_t DigestOf(const FaceId& face);

// What every search asks of every record: small, so that a pass over all of them is quick.
struct RecordMark {
  std::int32_t face_count = 0;
  RecordKind kind = RecordKind::kStranded;
  bool removed = false;
};

// Whose template a slot holds, or held. A record is searched by one template, its person's: that of
// its only face, or the mean of those of its faces, which then has a slot of its own. Copies of a
// photograph do not count.
struct SlotOwner {
  PhotoId photo;  // photo and face: without meaning for a mean
  FaceId face;
  ChangeNumber committed = 0;  // never decreases from slot to slot
  bool is_counted = true;      // neither a mean nor the face of a copy
};

inline constexpr Slot kNoSlot = -1;

// The templates of one space. Slots that the index no longer returns are still in the tables.
struct GallerySpace {
  Space space;
  std::shared_ptr<const Yardstick> yardstick;  // null: distances of this space are not weighed
  std::shared_ptr<const FaceIndexSnapshot> index;
  FrozenTable<std::uint32_t> record_of_slot;  // its row
  FrozenTable<SlotOwner> owner_of_slot;
  FrozenTable<std::uint8_t> is_person;            // by slot; 1: its record is searched by it
  FrozenTable<Spread> spread_of_slot;             // of persons; empty without a yardstick
  FrozenTable<std::int32_t> templates_of_record;  // of faces, by row
  FrozenTable<Slot> person_of_record;             // by row; kNoSlot where it has none
};

// Records have rows, in the order in which they came. Rows of removed records stay, empty. Thread
// safe; const through and through.
class GallerySnapshot {
 public:
  struct Content {
    ChangeNumber change_number = 0;
    std::int64_t record_count = 0;
    std::int64_t face_count = 0;
    std::uint64_t face_digest = 0;
    FrozenTable<GalleryRecord> records;
    FrozenTable<RecordMark> marks;
    FrozenIdMap row_of_record;
    FrozenIdMap row_of_photo;  // row of the record that holds the photo
    std::vector<GallerySpace> spaces;
  };

  explicit GallerySnapshot(Content content) : content_(std::move(content)) {}

  // Of the last change applied; 0 before any.
  ChangeNumber change_number() const { return content_.change_number; }
  std::int64_t record_count() const { return content_.record_count; }
  std::int64_t face_count() const { return content_.face_count; }
  std::uint64_t face_digest() const { return content_.face_digest; }

  // Both by row, and of one size.
  const FrozenTable<GalleryRecord>& records() const { return content_.records; }
  const FrozenTable<RecordMark>& marks() const { return content_.marks; }
  // Pointers are valid as long as the snapshot; null where there is no such thing.
  const GalleryRecord* FindRecord(const RecordId& id) const;
  // The record of a photo that has at least one face here.
  const GalleryRecord* FindRecordOfPhoto(const PhotoId& id) const;
  const GallerySpace* FindSpace(std::string_view space_id) const;
  std::optional<std::uint32_t> FindRow(const RecordId& id) const;

 private:
  const Content content_;
};

}  // namespace homeward
