// A set of vectors of one space that can be searched by Euclidean distance, exactly.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "matcher/error.h"

namespace homeward {

// Slots count up from 0 in the order of Add and are never reused.
using Slot = std::int64_t;

// Which slots a search may return: bit (slot % 64) of word (slot / 64). Slots beyond the words
// given are not allowed.
struct SlotFilter {
  std::vector<std::uint64_t> words;

  explicit SlotFilter(Slot size = 0) : words(static_cast<std::size_t>((size + 63) / 64), 0) {}
  // Allows every slot below `size`, and up to 63 beyond that no index has given yet.
  static SlotFilter Of(Slot size) {
    SlotFilter all(size);
    for (std::uint64_t& word : all.words) word = ~std::uint64_t{0};
    return all;
  }
  void Allow(Slot slot) {
    words[static_cast<std::size_t>(slot / 64)] |= std::uint64_t{1} << (slot % 64);
  }
  // For a slot below the size that the filter was made for.
  void Forbid(Slot slot) {
    words[static_cast<std::size_t>(slot / 64)] &= ~(std::uint64_t{1} << (slot % 64));
  }
  bool Allows(Slot slot) const {
    const auto word = static_cast<std::size_t>(slot / 64);
    return word < words.size() && (words[word] >> (slot % 64) & 1) != 0;
  }
};

struct SlotHit {
  Slot slot = 0;
  float squared_distance = 0;  // fp32, as FAISS's scalar kernel sums it
  friend bool operator==(const SlotHit&, const SlotHit&) = default;
};

// The order of every list of hits: ties by slot.
inline bool IsNearer(const SlotHit& a, const SlotHit& b) {
  return a.squared_distance != b.squared_distance ? a.squared_distance < b.squared_distance
                                                  : a.slot < b.slot;
}

// What Search is asked. The filter is not copied.
struct SlotQuery {
  std::span<const float> vector;
  int k = 1;
  const SlotFilter* filter = nullptr;
  // Nothing at a greater squared distance is wanted.
  float limit = std::numeric_limits<float>::infinity();
};

// What a reader holds on to: later Add and Remove calls do not change it. Thread safe.
class FaceIndexSnapshot {
 public:
  virtual ~FaceIndexSnapshot() = default;
  virtual Slot size() const = 0;  // slots ever given, removed ones included
  // At most k (>= 1) hits among the live slots that `filter` allows, nearest first, ties by slot.
  // The filter is applied before the k nearest are chosen. `query` has dimension() floats.
  virtual std::vector<SlotHit> Search(std::span<const float> query, int k,
                                      const SlotFilter& filter) const = 0;
  // What Search gives for each, to the bit, up to its limit; an index may need much less time for
  // several at once.
  virtual std::vector<std::vector<SlotHit>> SearchTogether(
      std::span<const SlotQuery> queries) const {
    std::vector<std::vector<SlotHit>> hits;
    for (const SlotQuery& each : queries) {
      hits.push_back(Search(each.vector, each.k, *each.filter));
      std::erase_if(hits.back(),
                    [&](const SlotHit& hit) { return hit.squared_distance > each.limit; });
    }
    return hits;
  }
  // The squared distance to every live slot that `filter` allows, as Search would give it, in the
  // order of the slots.
  virtual void Scan(std::span<const float> query, const SlotFilter& filter,
                    const std::function<void(const SlotHit&)>& visit) const = 0;
  // What was added as `slot`, a live one. Valid as long as the snapshot.
  virtual std::span<const float> vector(Slot slot) const = 0;
};

// Thread safety: Add and Remove need exclusion from each other (Gallery provides it); Pin and every
// snapshot may be used at the same time as either.
class FaceIndex {
 public:
  virtual ~FaceIndex() = default;
  virtual int dimension() const = 0;
  // Errors: kModelMismatch if vector.size() != dimension() or a component is not finite.
  virtual Result<Slot> Add(std::span<const float> vector) = 0;
  // Hides `slots` from later snapshots. Their vectors leave memory when the last older snapshot is
  // gone. Removing a slot twice, or one never given, does nothing.
  virtual void Remove(std::span<const Slot> slots) = 0;
  virtual std::shared_ptr<const FaceIndexSnapshot> Pin() const = 0;
};

}  // namespace homeward
