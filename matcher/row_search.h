// The rows nearest to each of a few queries, by one pass over all rows on every core.
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <span>
#include <vector>

#include "matcher/code_kernel.h"
#include "matcher/nearest_hits.h"
#include "matcher/row_block.h"

namespace homeward {

// Of one use.
class RowSearch {
 public:
  // Whether so many words of a filter are worth more than one core.
  static bool IsLarge(Slot words);

  // At most kMostQueries. Whatever is referred to must outlive it.
  RowSearch(const RowView& rows, std::span<const SlotQuery> queries);

  // For each query what FaceIndexSnapshot::Search gives.
  std::vector<std::vector<SlotHit>> Run();

 private:
  class Thread;

  void Work();

  const RowView& rows_;
  const std::span<const SlotQuery> queries_;
  CodeKernel* const kernel_ = BestCodeKernel();
  Slot words_ = 0;  // those that a filter says something of
  std::atomic<Slot> next_word_ = 0;
  std::deque<SharedLimit> limits_;
  std::mutex mutex_;
  std::vector<std::vector<SlotHit>> hits_;
};

}  // namespace homeward
