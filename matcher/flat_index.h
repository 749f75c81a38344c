// Exact search among all rows: FAISS's flat index, able to change while it is searched, and
// quicker, since the rows of full blocks are passed over by their codes (row_codes.h) and only
// those that may be among the nearest are compared.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "matcher/face_index.h"
#include "matcher/row_block.h"

namespace homeward {

// Hits and fp32 distances equal those of faiss::IndexFlatL2 asked one query at a time with a
// selector; where FAISS leaves open which of equally distant rows it returns, the lower slots win.
//
// Rows live in blocks of kBlockRows. A snapshot shares the blocks and has its own row count, so Add
// writes where no snapshot looks; Remove puts a copy without the row in the place of its block, and
// the old block is wiped when its last reader lets go. Neither ever waits for a reader.
class FlatIndex : public FaceIndex {
 public:
  static constexpr Slot kBlockRows = RowBlock::kRows;  // at 128 dimensions a removal copies 2.3 MB

  explicit FlatIndex(int dimension);  // >= 1

  int dimension() const override { return dimension_; }
  Result<Slot> Add(std::span<const float> vector) override;
  void Remove(std::span<const Slot> slots) override;
  std::shared_ptr<const FaceIndexSnapshot> Pin() const override;

 private:
  class Snapshot;
  using BlockList = std::vector<std::shared_ptr<RowBlock>>;  // null: every row was removed

  void Replace(std::shared_ptr<const BlockList> blocks);

  const int dimension_;
  // Written by Add and Remove, under mutex_, and read by them without it. The list is shared with
  // snapshots, so it is replaced, not changed.
  std::shared_ptr<const BlockList> blocks_;
  Slot size_ = 0;
  mutable std::mutex mutex_;
};

}  // namespace homeward
