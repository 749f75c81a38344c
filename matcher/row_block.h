// Some thousand rows of an index with their codes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "matcher/face_index.h"
#include "matcher/row_codes.h"

namespace homeward {

// Rows in the order of their slots. A row may be appended while older rows are read; everything
// else is fixed once the block is in a published list.
class RowBlock {
 public:
  // At 128 dimensions a block's rows fill one huge page, so that rows here and there are reached
  // without looking up the address of each.
  static constexpr Slot kRows = 4096;

  explicit RowBlock(int dimension);
  // A copy in which the rows of `without`, slots of this block, are zero and removed.
  RowBlock(const RowBlock& other, std::span<const Slot> without);
  // A face's vector is a biometric: it must not linger in freed memory.
  ~RowBlock();
  RowBlock& operator=(const RowBlock&) = delete;

  std::size_t dimension() const { return dimension_; }
  const float* row(std::size_t i) const { return rows_.get() + i * dimension_; }
  // Bit b: row 64 * word + b was removed.
  std::uint64_t removed(std::size_t word) const { return removed_[word]; }
  bool IsRemoved(std::size_t i) const { return (removed_[i / 64] >> (i % 64) & 1) != 0; }
  bool AllRemoved() const {
    return std::ranges::all_of(removed_, [](std::uint64_t word) { return ~word == 0; });
  }
  // Null while rows may still be appended; to be asked only by who sees all of them.
  const RowCodes* codes() const { return codes_.get(); }

  // `before`: the block before this one, or null; its codes are a model for this one's.
  void Append(std::span<const float> vector, const RowBlock* before);

 private:
  struct Freed {
    void operator()(float* rows) const;
    std::size_t bytes;
  };
  using Memory = std::unique_ptr<float[], Freed>;

  static Memory MemoryFor(std::size_t dimension);

  const std::size_t dimension_;
  const Memory rows_;
  std::size_t used_ = 0;  // the writer's; readers go by their snapshot's size
  std::array<std::uint64_t, kRows / 64> removed_{};
  std::unique_ptr<const RowCodes> codes_;
};

// What a reader of an index sees.
struct RowView {
  // The rows of the slots from kRows * i on; null: every one was removed.
  std::span<const std::shared_ptr<RowBlock>> blocks;
  Slot size = 0;

  // Sixty-four slots each.
  Slot words() const { return (size + 63) / 64; }
  const RowBlock* BlockOf(Slot word) const {
    return blocks[static_cast<std::size_t>(word * 64 / RowBlock::kRows)].get();
  }
  static std::size_t WordInBlock(Slot word) {
    return static_cast<std::size_t>(word % (RowBlock::kRows / 64));
  }
  // Bit b: the row of slot 64 * word + b is there.
  std::uint64_t Live(Slot word) const {
    const RowBlock* const block = BlockOf(word);
    if (block == nullptr) return 0;
    const std::uint64_t live = ~block->removed(WordInBlock(word));
    return size - word * 64 < 64 ? live & ((std::uint64_t{1} << size % 64) - 1) : live;
  }
  // Null where the block was not full when this view was made.
  const RowCodes* CodesOf(Slot word) const {
    const Slot end = (word * 64 / RowBlock::kRows + 1) * RowBlock::kRows;
    return size < end ? nullptr : BlockOf(word)->codes();
  }
};

}  // namespace homeward
