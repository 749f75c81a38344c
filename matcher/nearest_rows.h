// The nearest of many rows to each of many queries, exactly: what FaceIndexSnapshot::Search tells
// of one query, in a small part of the time.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "matcher/face_index.h"
#include "matcher/outlines.h"

namespace homeward {

// The nearest of the hits offered; of equally distant ones the lower slots win.
class Shortlist {
 public:
  // `count` >= 1. Beyond `limit` none is wanted from the beginning.
  explicit Shortlist(std::size_t count, float limit = std::numeric_limits<float>::infinity())
      : count_(count), limit_(limit) {}

  // Hits beyond this distance are not wanted any more.
  float limit() const { return limit_; }
  bool Wants(float squared_distance) const { return squared_distance <= limit_; }
  // A hit that is wanted.
  void Add(const SlotHit& hit);
  // The `count` nearest of those offered, or all, in no order.
  std::vector<SlotHit> Take() &&;

 private:
  void Cut();

  const std::size_t count_;
  std::vector<SlotHit> hits_;  // fewer than twice `count_`
  float limit_;
};

// How many queries are worth one call: fewer pay for bringing the rows into place, more would not
// fit in a core's cache.
inline constexpr std::size_t kQueriesAtOnce = 256;

// For each query the `count` (>= 1) nearest of `rows`, or all, in no order, and none beyond the
// query's `limits` (squared; without any: all); of equally distant ones the lower slots win. A
// query that is the very vector of a row does not meet it. Distances are those of
// squared_distances.h. Thread safe.
std::vector<std::vector<SlotHit>> NearestRows(std::span<const float* const> queries,
                                              std::span<const SlotVector> rows, int dimension,
                                              std::size_t count,
                                              std::span<const float> limits = {});
// The same for some of the rows, those from `first` on, among all: much quicker where it is asked
// of all rows.
std::vector<std::vector<SlotHit>> NearestOthers(const Outlines& outlines, std::size_t first,
                                                std::size_t query_count, std::size_t count);

}  // namespace homeward
