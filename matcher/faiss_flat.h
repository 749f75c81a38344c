// The exact index for who speaks FAISS: its selectors, its range search, its numbers.
#pragma once

#include <faiss/Index.h>

#include <memory>
#include <vector>

#include "matcher/flat_index.h"

namespace homeward {

// A stand-in for faiss::IndexFlatL2: labels and fp32 distances equal those that it gives when it is
// asked one query at a time, without OpenMP; of equally distant rows the lower labels win. As
// there, removing rows moves those behind them up. Unlike there, a row that is not finite is
// refused with faiss::FaissException, and a search for the nearest row (k = 1) that finds none
// answers -1. Thread safety: that of faiss::Index; searches may run at the same time as each other.
class FaissFlat : public faiss::Index {
 public:
  explicit FaissFlat(int dimension);  // >= 1

  void add(idx_t n, const float* x) override;
  void search(idx_t n, const float* x, idx_t k, float* distances, idx_t* labels,
              const faiss::SearchParameters* params = nullptr) const override;
  // Rows at less than `radius` (squared), by label.
  void range_search(idx_t n, const float* x, float radius, faiss::RangeSearchResult* result,
                    const faiss::SearchParameters* params = nullptr) const override;
  void reset() override;
  std::size_t remove_ids(const faiss::IDSelector& sel) override;
  void reconstruct(idx_t key, float* recons) const override;

 private:
  SlotFilter FilterOf(const faiss::SearchParameters* params) const;
  // What it finds for each query, with labels in the place of slots.
  std::vector<std::vector<SlotHit>> Ask(idx_t n, const float* x, SlotQuery query,
                                        const faiss::SearchParameters* params) const;
  Slot SlotOf(idx_t label) const;
  idx_t LabelOf(Slot slot) const;

  std::unique_ptr<FlatIndex> index_;
  std::vector<Slot> slots_;  // by label, ascending; empty: every label is its slot
};

}  // namespace homeward
