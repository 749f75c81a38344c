// The templates of one space while they can still be written to: part of a gallery.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "matcher/face_index.h"
#include "matcher/gallery_snapshot.h"
#include "matcher/search_filter.h"
#include "matcher/spread_table.h"
#include "matcher/versioned_table.h"
#include "matcher/yardstick.h"

namespace homeward {

// Rows are those of the gallery's records.
// Thread safety: none.
class OpenSpace {
 public:
  OpenSpace(MeasuredSpace space, std::unique_ptr<FaceIndex> index);

  const Space& space() const { return space_.space; }

  // A record of the next row.
  void AppendRecord(RecordKind kind);
  // The record's kind is now this one.
  void SetKind(std::uint32_t row, RecordKind kind);
  // `vector` fits the space; `shot` as in GalleryFace.
  Slot AddFace(std::uint32_t row, std::span<const float> vector, std::int32_t shot,
               const SlotOwner& owner);
  void RemoveFace(std::uint32_t row, Slot slot);

  // What is remembered of persons who are published for the first time; their rows in the order of
  // `joined`.
  using Recall = std::function<SpreadMemory(const FaceIndexSnapshot& faces,
                                            std::span<const std::uint32_t> rows,
                                            std::span<const PartitionedSlot> joined)>;
  // `recall`, where there is one, is asked by the first call with persons.
  GallerySpace Freeze(ChangeNumber change, const Recall& recall = nullptr);

  // As of the last Freeze; nothing in a space without a yardstick.
  std::optional<KeptSpreads> KeepSpreads();

 private:
  struct PersonFace {
    Slot slot = 0;
    std::int32_t shot = 0;
  };
  // What there is about a record beside what snapshots show.
  struct Person {
    RecordKind kind = RecordKind::kStranded;
    std::vector<PersonFace> faces;          // in the order in which they came
    std::vector<Slot> counted;              // of them, the first of each shot
    bool has_other_shots = false;           // than when its template was made
    std::optional<PartitionedSlot> placed;  // in the table of spreads
  };

  Slot Append(std::uint32_t row, std::span<const float> vector, const SlotOwner& owner);
  void CountShots(Person& person);
  Slot MakeTemplate(const FaceIndexSnapshot& faces, std::uint32_t row, ChangeNumber change);
  bool IsNewcomer(std::uint32_t row, Slot face, ChangeNumber change) const;
  void Renew(const FaceIndexSnapshot& faces, std::uint32_t row, ChangeNumber change);
  void MeasureSpreads(const Recall& recall);

  MeasuredSpace space_;
  std::unique_ptr<FaceIndex> index_;
  std::optional<SpreadTable> spreads_;
  bool has_spreads_ = false;  // somebody was measured
  VersionedTable<std::uint32_t> record_of_slot_;
  VersionedTable<SlotOwner> owner_of_slot_;
  VersionedTable<std::uint8_t> is_person_;
  VersionedTable<std::int32_t> templates_of_record_;
  VersionedTable<Slot> person_of_record_;
  std::vector<Person> persons_;  // by row
  // What was done since the last Freeze; `touched_` may name a row twice.
  std::vector<std::uint32_t> touched_;
  std::vector<Slot> removed_;
};

}  // namespace homeward
