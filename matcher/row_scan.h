// The distances of one query to rows here and there in memory, one after the other.
#pragma once

#include <faiss/utils/distances.h>

#include <algorithm>
#include <array>
#include <bit>
#include <span>

#include "matcher/row_block.h"
#include "matcher/squared_distances.h"

namespace homeward {

// Queues allowed rows, asks memory for them early, and compares them some at once. The last few go
// through FAISS's own kernel, which gives the same bits one row at a time.
template <class Visit>
class RowScan {
 public:
  RowScan(std::span<const float> query, Visit& visit) : query_(query), visit_(visit) {}

  void Add(Slot slot, const float* row) {
    constexpr std::size_t kCacheLineFloats = 16;
    for (std::size_t i = 0; i < query_.size(); i += kCacheLineFloats) __builtin_prefetch(row + i);
    slots_[count_] = slot;
    rows_[count_] = row;
    if (++count_ == rows_.size()) CompareFirst();
  }

  // Of the 64 rows of a word, those of `bits`.
  void AddAll(const RowBlock& block, Slot word, std::uint64_t bits) {
    const std::size_t first = RowView::WordInBlock(word) * 64;
    for (; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(bits));
      Add(word * 64 + static_cast<Slot>(bit), block.row(first + bit));
    }
  }

  void Finish() {
    if (count_ >= kRowsAtOnce) CompareFirst();
    for (std::size_t i = 0; i < count_; ++i) {
      visit_({slots_[i], faiss::fvec_L2sqr(query_.data(), rows_[i], query_.size())});
    }
    count_ = 0;
  }

 private:
  // Of twice as many, so that there is time for the others to arrive.
  void CompareFirst() {
    std::array<const float*, kRowsAtOnce> rows;
    std::array<float, kRowsAtOnce> distances;
    std::copy_n(rows_.begin(), rows.size(), rows.begin());
    SquaredDistances(query_.data(), rows, static_cast<int>(query_.size()), distances);
    for (std::size_t i = 0; i < rows.size(); ++i) visit_({slots_[i], distances[i]});
    std::copy(rows_.begin() + kRowsAtOnce, rows_.end(), rows_.begin());
    std::copy(slots_.begin() + kRowsAtOnce, slots_.end(), slots_.begin());
    count_ -= rows.size();
  }

  std::span<const float> query_;
  Visit& visit_;
  std::size_t count_ = 0;
  std::array<Slot, 2 * kRowsAtOnce> slots_{};
  std::array<const float*, 2 * kRowsAtOnce> rows_{};
};

}  // namespace homeward
