// The k nearest of the hits that one thread finds, where several look for the same.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>
#include <vector>

#include "matcher/face_index.h"

namespace homeward {

// How far the k-th nearest is at most, by what all threads have found. Thread safe.
class SharedLimit {
 public:
  explicit SharedLimit(float limit) : limit_(limit) {}

  float get() const { return limit_.load(std::memory_order_relaxed); }
  void Lower(float limit) {
    float before = get();
    while (limit < before &&
           !limit_.compare_exchange_weak(before, limit, std::memory_order_relaxed)) {
    }
  }

 private:
  std::atomic<float> limit_;
};

// Not thread safe.
class NearestHits {
 public:
  NearestHits(int k, SharedLimit& limit) : k_(static_cast<std::size_t>(k)), limit_(limit) {}

  // Hits come in slot order.
  void operator()(const SlotHit& hit) {
    if (hit.squared_distance > limit()) return;
    if (hits_.size() < k_) {
      hits_.push_back(hit);
      std::ranges::push_heap(hits_, IsNearer);
    } else if (hit.squared_distance < hits_.front().squared_distance) {
      std::ranges::pop_heap(hits_, IsNearer);
      hits_.back() = hit;
      std::ranges::push_heap(hits_, IsNearer);
    } else {
      return;
    }
    if (hits_.size() == k_) limit_.Lower(hits_.front().squared_distance);
  }

  // A hit at a greater distance is not among the k nearest.
  float limit() const { return limit_.get(); }

  // Nearest first.
  std::vector<SlotHit> Take() && {
    std::ranges::sort_heap(hits_, IsNearer);
    return std::move(hits_);
  }

 private:
  const std::size_t k_;
  SharedLimit& limit_;
  std::vector<SlotHit> hits_;  // a heap, the farthest first
};

}  // namespace homeward
