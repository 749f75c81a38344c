#include "matcher/flat_index.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "matcher/query_batch.h"
#include "matcher/row_scan.h"
#include "matcher/row_search.h"

namespace homeward {

class FlatIndex::Snapshot : public FaceIndexSnapshot {
 public:
  Snapshot(std::shared_ptr<const BlockList> blocks, Slot size)
      : blocks_(std::move(blocks)),
        rows_{*blocks_, size},
        callers_([this](std::span<const SlotQuery> queries) { return SearchTogether(queries); }) {}

  Slot size() const override { return rows_.size; }

  std::vector<SlotHit> Search(std::span<const float> query, int k,
                              const SlotFilter& filter) const override {
    const SlotQuery one{query, k, &filter};
    // One after the other, as each would take all cores.
    if (RowSearch::IsLarge(rows_.words())) return callers_.Ask(one);
    return std::move(RowSearch(rows_, {&one, 1}).Run().front());
  }

  std::vector<std::vector<SlotHit>> SearchTogether(
      std::span<const SlotQuery> queries) const override {
    std::vector<std::vector<SlotHit>> hits;
    while (!queries.empty()) {
      const auto some = queries.first(std::min(queries.size(), kMostQueries));
      std::ranges::move(RowSearch(rows_, some).Run(), std::back_inserter(hits));
      queries = queries.subspan(some.size());
    }
    return hits;
  }

  void Scan(std::span<const float> query, const SlotFilter& filter,
            const std::function<void(const SlotHit&)>& visit) const override {
    RowScan scan(query, visit);
    const Slot words = std::min(static_cast<Slot>(filter.words.size()), rows_.words());
    for (Slot word = 0; word < words; ++word) {
      const std::uint64_t allowed = filter.words[static_cast<std::size_t>(word)] & rows_.Live(word);
      if (allowed != 0) scan.AddAll(*rows_.BlockOf(word), word, allowed);
    }
    scan.Finish();
  }

  std::span<const float> vector(Slot slot) const override {
    const RowBlock& block = *(*blocks_)[static_cast<std::size_t>(slot / kBlockRows)];
    return {block.row(static_cast<std::size_t>(slot % kBlockRows)), block.dimension()};
  }

 private:
  const std::shared_ptr<const BlockList> blocks_;
  const RowView rows_;
  mutable QueryBatch callers_;
};

FlatIndex::FlatIndex(int dimension)
    : dimension_(dimension), blocks_(std::make_shared<BlockList>()) {}

Result<Slot> FlatIndex::Add(std::span<const float> vector) {
  if (vector.size() != static_cast<std::size_t>(dimension_)) {
    return Fail(
        Reason::kModelMismatch, "The template has another length than its space.",
        {{"length", std::to_string(vector.size())}, {"dimension", std::to_string(dimension_)}});
  }
  if (!std::ranges::all_of(vector, [](float v) { return std::isfinite(v); })) {
    return Fail(Reason::kModelMismatch, "The template has a component that is not a number.");
  }
  if (size_ % kBlockRows == 0) {
    auto blocks = std::make_shared<BlockList>(*blocks_);
    blocks->push_back(std::make_shared<RowBlock>(dimension_));
    Replace(std::move(blocks));
  }
  const RowBlock* before = blocks_->size() > 1 ? std::prev(blocks_->end(), 2)->get() : nullptr;
  blocks_->back()->Append(vector, before);
  const std::scoped_lock lock(mutex_);
  return size_++;
}

void FlatIndex::Remove(std::span<const Slot> slots) {
  std::vector<Slot> present;
  std::ranges::copy_if(slots, std::back_inserter(present), [this](Slot slot) {
    if (slot < 0 || slot >= size_) return false;
    const RowBlock* block = (*blocks_)[static_cast<std::size_t>(slot / kBlockRows)].get();
    return block != nullptr && !block->IsRemoved(static_cast<std::size_t>(slot % kBlockRows));
  });
  if (present.empty()) return;
  std::ranges::sort(present);
  auto blocks = std::make_shared<BlockList>(*blocks_);
  for (auto first = present.begin(); first != present.end();) {
    const Slot number = *first / kBlockRows;
    const auto last =
        std::find_if(first, present.end(), [&](Slot slot) { return slot / kBlockRows != number; });
    std::shared_ptr<RowBlock>& block = (*blocks)[static_cast<std::size_t>(number)];
    block = std::make_shared<RowBlock>(*block, std::span<const Slot>(first, last));
    if (block->AllRemoved()) block = nullptr;
    first = last;
  }
  Replace(std::move(blocks));
}

std::shared_ptr<const FaceIndexSnapshot> FlatIndex::Pin() const {
  const std::scoped_lock lock(mutex_);
  return std::make_shared<Snapshot>(blocks_, size_);
}

void FlatIndex::Replace(std::shared_ptr<const BlockList> blocks) {
  // The old list, perhaps the last owner of a block, is taken apart after the lock is gone.
  const std::scoped_lock lock(mutex_);
  blocks_.swap(blocks);
}

}  // namespace homeward
