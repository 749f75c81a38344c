// One person in a file of spreads (docs/snapshot.md): a sector of the disk, which is written whole
// or not at all, with a seal of its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "matcher/gallery.h"

namespace homeward {

// Numbers are little-endian. A row of nobody is all zeros.
struct SpreadRow {
  enum class State : std::uint8_t { kNobody = 0, kListLost = 1, kListKnown = 2 };

  std::array<std::uint8_t, 16> seal;  // of the rest; the place of an AEAD's tag
  std::uint64_t writes;               // how often it was written: with its place, room for a nonce
  std::int64_t record;                // the change that created the person's record
  std::uint64_t fingerprint;          // of their template, under the key of the file
  float squared_radius;               // these four: as NearestList and Spread
  float mean;
  float deviation;
  State state;
  std::uint8_t partition;
  std::uint8_t count;
  std::uint8_t unused;
  std::uint64_t more_unused;
  std::array<std::uint32_t, NearestList::kMost> others;  // their places in the file
};

inline constexpr std::size_t kSpreadRowBytes = 512;
static_assert(sizeof(SpreadRow) == kSpreadRowBytes && offsetof(SpreadRow, others) == 64 &&
              std::is_trivially_copyable_v<SpreadRow>);

// What only this file's rows are sealed with. Thread safe.
class SpreadKey {
 public:
  static constexpr std::size_t kFileIdBytes = 16;
  using FileId = std::array<std::uint8_t, kFileIdBytes>;

  // `secret`: the data folder's.
  SpreadKey(const std::array<std::uint8_t, 32>& secret, const FileId& file);

  std::array<std::uint8_t, 16> Seal(std::span<const std::uint8_t> bytes) const;
  // Tells a record's template again. Says nothing of it to whoever has not the key, nor whether two
  // records have the same.
  std::uint64_t Fingerprint(ChangeNumber record, std::span<const float> vector) const;

  // Gives the row its seal for this place.
  void SealRow(std::uint64_t place, SpreadRow& row) const;
  // Whether this key sealed the row for this place, in a file of so many, or it is nobody's.
  bool IsSound(std::uint64_t place, std::uint64_t count, const SpreadRow& row) const;

 private:
  std::array<std::uint8_t, 16> key_;
};

}  // namespace homeward
