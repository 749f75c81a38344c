// The nearest of many rows to each of many queries, exactly: what FaceIndexSnapshot::Search tells
// of one query, in a small part of the time.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "matcher/face_index.h"

namespace homeward {

// The nearest of the hits offered, which come in the order of their slots.
class Shortlist {
 public:
  explicit Shortlist(std::size_t count) : count_(count) {}  // >= 1

  bool Wants(float squared_distance) const {
    return squared_distance < limit_ || hits_.size() < count_;
  }
  // Hits at this distance or farther are wanted only as long as there are fewer than `count`.
  float limit() const { return limit_; }
  // A hit that is wanted.
  void Add(const SlotHit& hit);
  // The `count` nearest of those offered, or all, in no order.
  std::vector<SlotHit> Take() &&;

 private:
  void Cut();

  const std::size_t count_;
  std::vector<SlotHit> hits_;  // fewer than twice `count_`
  float limit_ = std::numeric_limits<float>::infinity();
};

// A vector and the slot that hits name it by.
struct SlotVector {
  Slot slot = 0;
  const float* vector = nullptr;
};

// How many queries are worth one call: fewer pay for bringing the rows into place, more would not
// fit in a core's cache.
inline constexpr std::size_t kQueriesAtOnce = 256;

// For each query the `count` (>= 1) nearest of `rows`, or all, in no order. Rows are in the order
// of their slots; of equally distant ones the lower slots win. A query that is the very vector of a
// row does not meet it. Distances are those of squared_distances.h. Thread safe.
std::vector<std::vector<SlotHit>> NearestRows(std::span<const float* const> queries,
                                              std::span<const SlotVector> rows, int dimension,
                                              std::size_t count);

}  // namespace homeward
