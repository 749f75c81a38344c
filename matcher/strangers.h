// What a table of spreads (spread_table.h) knows of the strangers of its persons, in the form in
// which it can be taken out, kept, and given to a later table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "matcher/evidence.h"
#include "matcher/face_index.h"
#include "matcher/versioned_table.h"

namespace homeward {

// A person of a gallery: the slot of their template, and the partition that they belong to.
struct PartitionedSlot {
  Slot slot = 0;
  std::size_t partition = 0;  // < SpreadTable::kPartitions

  friend bool operator==(const PartitionedSlot&, const PartitionedSlot&) = default;
};

// The nearest others of one person, in no order.
struct NearestList {
  static constexpr std::size_t kMost = 112;  // 101 are needed; the others make up for who leaves

  std::array<std::uint32_t, kMost> slots;
  std::uint32_t count = 0;
  // Everybody nearer is in the list; infinite: all there are.
  float squared_radius = 0;
};

// What somebody's strangers came to.
struct Strangers {
  NearestList nearest;
  Spread spread;
};

// What an earlier table knew of somebody who joins a new one.
enum class Acquaintance : std::uint8_t {
  kNone,     // nothing: the lists of others do not count them
  kCounted,  // the lists of others count them, but their own is lost
  kKnown,
};

// What an earlier table knew of all who join a new one.
struct SpreadMemory {
  // By index in `joined`.
  std::vector<Acquaintance> known;
  // Of somebody who is kKnown; true where some of the list are not there any more and were left
  // out. Several threads call it at once.
  std::function<bool(std::size_t index, Strangers& strangers)> read;
};

// One state of a table of spreads; later changes of the table do not show. Thread safe.
class KeptSpreads {
 public:
  // Everybody who is there.
  const std::vector<PartitionedSlot>& persons() const { return persons_; }
  // Of one of them.
  Strangers Of(Slot slot) const {
    const auto index = static_cast<std::size_t>(slot);
    return {*lists_[index], spreads_[index]};
  }

 private:
  friend class SpreadTable;
  std::vector<PartitionedSlot> persons_;
  FrozenTable<std::shared_ptr<const NearestList>> lists_;
  FrozenTable<Spread> spreads_;
};

}  // namespace homeward
