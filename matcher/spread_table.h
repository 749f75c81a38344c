// How near its strangers come to every person of a gallery, kept up to date as people come and go.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "matcher/cohort.h"
#include "matcher/evidence.h"
#include "matcher/face_index.h"
#include "matcher/nearest_rows.h"
#include "matcher/versioned_table.h"

namespace homeward {

// A person of a gallery: the slot of their template, and the partition that they belong to.
struct PartitionedSlot {
  Slot slot = 0;
  std::size_t partition = 0;  // < SpreadTable::kPartitions

  friend bool operator==(const PartitionedSlot&, const PartitionedSlot&) = default;
};

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

  // By slot, as far as the largest that ever joined; without meaning for a slot that is nobody's.
  FrozenTable<Spread> Freeze() { return spreads_.Freeze(); }

 private:
  // 101 are needed; the others make up for people who leave.
  static constexpr std::size_t kKept = 112;

  // The nearest others of one person, in no order.
  struct Neighbours {
    std::array<std::uint32_t, kKept> slots;
    std::uint32_t count = 0;
  };
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
  std::vector<SlotHit> HitsOf(const FaceIndexSnapshot& faces, Slot slot) const;
  // Of `others`, all there are or more than kKept that are nearest.
  void Assign(Slot slot, std::vector<SlotHit> others);
  bool IsTooShort(Slot slot) const;
  Neighbours& ListOf(Slot slot) const { return *neighbours_[static_cast<std::size_t>(slot)]; }

  const std::shared_ptr<const Cohort> cohort_;
  std::array<Partition, kPartitions> partitions_;
  std::vector<SlotVector> synthetic_;
  // By slot. Everybody nearer than the squared radius is in the list; infinite: all there are.
  std::vector<std::unique_ptr<Neighbours>> neighbours_;  // null for nobody
  std::vector<float> squared_radius_;
  VersionedTable<Spread> spreads_;
};

}  // namespace homeward
