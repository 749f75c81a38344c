// How near its strangers come to every person of a gallery, kept up to date as people come and go.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "matcher/cohort.h"
#include "matcher/evidence.h"
#include "matcher/face_index.h"
#include "matcher/nearest_rows.h"
#include "matcher/strangers.h"
#include "matcher/versioned_table.h"

namespace homeward {

// The strangers of a person are the others of the same partition, so a search that may not touch a
// partition learns nothing of who is in it; and the synthetic faces.
//
// The spreads are a function of who is there: the same after any order of changes, bit for bit. For
// each person the table keeps the slots of the kKept nearest others and no distance, as distances
// can be had again from the vectors. Somebody who goes leaves every list that they were in.
//
// Thread safety: none; frozen tables may be read by other threads at any time.
class SpreadTable {
 public:
  static constexpr std::size_t kPartitions = 4;

  explicit SpreadTable(std::shared_ptr<const Cohort> cohort);

  // `faces` still holds the vectors of `left`, and already those of `joined`. No slot joins twice.
  // Costs one pass over the partition for each of them; or, where many come or go at once, a
  // comparison of everybody who is in it with everybody, on all cores.
  void Update(const FaceIndexSnapshot& faces, std::span<const PartitionedSlot> left,
              std::span<const PartitionedSlot> joined);

  // The same for an empty table that everybody joins, and much quicker as far as `memory` goes:
  // the lists are taken from there, and made up for who has come and gone since.
  void Recall(const FaceIndexSnapshot& faces, std::span<const PartitionedSlot> joined,
              const SpreadMemory& memory);

  // Costs a few pointers and a word a person.
  KeptSpreads Keep();
  // By slot, as far as the largest that ever joined; without meaning for a slot that is nobody's.
  FrozenTable<Spread> Freeze() { return spreads_.Freeze(); }

 private:
  static constexpr std::size_t kKept = NearestList::kMost;

  struct Partition {
    SlotFilter members;
    std::size_t size = 0;
  };
  // Whose spreads have to be measured again, by partition; some more than once.
  using Touched = std::array<std::vector<Slot>, kPartitions>;

  void MakeRoom(const PartitionedSlot& one);
  void Leave(const FaceIndexSnapshot& faces, const PartitionedSlot& one,
             std::vector<Slot>& touched);
  void Join(const FaceIndexSnapshot& faces, const PartitionedSlot& one, std::vector<Slot>& touched);
  void ForgetAll(const Partition& partition, std::vector<Slot>& touched);
  void Insert(const FaceIndexSnapshot& faces, Slot slot, const SlotHit& newcomer);
  // Makes the lists that have become too short anew, and measures everybody who was touched.
  void Refresh(const FaceIndexSnapshot& faces, const Partition& partition,
               std::vector<Slot> touched);
  void FindAnew(const FaceIndexSnapshot& faces, const Partition& partition,
                std::span<const Slot> slots);
  void FindAll(const Outlines& everybody);
  void Measure(const FaceIndexSnapshot& faces, std::span<const Slot> slots);
  void Shrink(Slot slot, float farthest);
  std::vector<SlotHit> HitsOf(const FaceIndexSnapshot& faces, Slot slot) const;
  // Of `others`, all there are or more than kKept that are nearest.
  void Assign(Slot slot, std::vector<SlotHit> others);
  void Put(Slot slot, const NearestList& list);
  // Takes the lists that `memory` knows; returns whose spreads have to be measured.
  Touched TakeKnown(std::span<const PartitionedSlot> joined, const SpreadMemory& memory);
  // From here on the lists of these may be put by several threads at once.
  void Own(std::span<const Slot> slots);
  bool IsTooShort(Slot slot) const;
  // Not of somebody whose list is not made yet.
  const NearestList& ListOf(Slot slot) const { return *lists_[static_cast<std::size_t>(slot)]; }

  const std::shared_ptr<const Cohort> cohort_;
  std::array<Partition, kPartitions> partitions_;
  std::vector<SlotVector> synthetic_;
  // By slot; null for nobody, and for somebody whose list is not made yet. A list is never changed
  // but replaced: whoever keeps a state shares it.
  VersionedTable<std::shared_ptr<const NearestList>> lists_;
  std::vector<float> squared_radius_;  // of the lists, as each change asks for all of them; 0: none
  VersionedTable<Spread> spreads_;
};

}  // namespace homeward
