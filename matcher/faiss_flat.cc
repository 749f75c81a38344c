#include "matcher/faiss_flat.h"

#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/impl/FaissAssert.h>
#include <faiss/impl/IDSelector.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace homeward {
namespace {

// FAISS keeps no row that is as far as that, and says it where it has none.
constexpr float kNowhere = std::numeric_limits<float>::max();

bool IsFinite(std::span<const float> vector) {
  return std::ranges::all_of(vector, [](float component) { return std::isfinite(component); });
}

// The largest number below it.
float Below(float radius) {
  return std::nextafter(radius, -std::numeric_limits<float>::infinity());
}

}  // namespace

FaissFlat::FaissFlat(int dimension)
    : faiss::Index(dimension), index_(std::make_unique<FlatIndex>(dimension)) {}

void FaissFlat::add(idx_t n, const float* x) {
  for (idx_t i = 0; i < n; ++i) {
    const auto slot = index_->Add({x + i * d, static_cast<std::size_t>(d)});
    FAISS_THROW_IF_NOT_MSG(slot, "the row is not finite");
    if (!slots_.empty() || *slot != ntotal) slots_.push_back(*slot);
    ++ntotal;
  }
}

void FaissFlat::search(idx_t n, const float* x, idx_t k, float* distances, idx_t* labels,
                       const faiss::SearchParameters* params) const {
  FAISS_THROW_IF_NOT(k > 0);
  const auto most = static_cast<int>(std::min(k, idx_t{std::numeric_limits<int>::max()}));
  const auto found = Ask(n, x, {{}, most, nullptr, Below(kNowhere)}, params);
  std::fill_n(distances, n * k, kNowhere);
  std::fill_n(labels, n * k, idx_t{-1});
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto first = static_cast<std::ptrdiff_t>(i) * k;
    std::ranges::transform(found[i], distances + first, &SlotHit::squared_distance);
    std::ranges::transform(found[i], labels + first, &SlotHit::slot);
  }
}

void FaissFlat::range_search(idx_t n, const float* x, float radius,
                             faiss::RangeSearchResult* result,
                             const faiss::SearchParameters* params) const {
  constexpr int kAll = std::numeric_limits<int>::max();
  auto found = Ask(n, x, {{}, kAll, nullptr, Below(radius)}, params);
  for (std::size_t i = 0; i < found.size(); ++i) result->lims[i] = found[i].size();
  result->do_allocation();  // after which they say where each begins
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::ranges::sort(found[i], {}, &SlotHit::slot);
    std::ranges::transform(found[i], result->distances + result->lims[i],
                           &SlotHit::squared_distance);
    std::ranges::transform(found[i], result->labels + result->lims[i], &SlotHit::slot);
  }
}

void FaissFlat::reset() {
  index_ = std::make_unique<FlatIndex>(d);
  slots_.clear();
  ntotal = 0;
}

std::size_t FaissFlat::remove_ids(const faiss::IDSelector& sel) {
  std::vector<Slot> kept;
  std::vector<Slot> removed;
  for (idx_t label = 0; label < ntotal; ++label) {
    (sel.is_member(label) ? removed : kept).push_back(SlotOf(label));
  }
  if (removed.empty()) return 0;
  if (kept.empty()) {
    reset();
    return removed.size();
  }
  index_->Remove(removed);
  slots_ = std::move(kept);
  ntotal = std::ssize(slots_);
  return removed.size();
}

void FaissFlat::reconstruct(idx_t key, float* recons) const {
  FAISS_THROW_IF_NOT(key >= 0 && key < ntotal);
  std::ranges::copy(index_->Pin()->vector(SlotOf(key)), recons);
}

SlotFilter FaissFlat::FilterOf(const faiss::SearchParameters* params) const {
  const faiss::IDSelector* const selector = params == nullptr ? nullptr : params->sel;
  const Slot size = index_->Pin()->size();
  if (selector == nullptr) return SlotFilter::Of(size);
  SlotFilter filter(size);
  const auto* const bitmap = dynamic_cast<const faiss::IDSelectorBitmap*>(selector);
  if (bitmap != nullptr && slots_.empty()) {
    std::copy_n(bitmap->bitmap, std::min(bitmap->n, filter.words.size() * sizeof(std::uint64_t)),
                reinterpret_cast<std::uint8_t*>(filter.words.data()));
    return filter;
  }
  for (idx_t label = 0; label < ntotal; ++label) {
    if (selector->is_member(label)) filter.Allow(SlotOf(label));
  }
  return filter;
}

std::vector<std::vector<SlotHit>> FaissFlat::Ask(idx_t n, const float* x, SlotQuery query,
                                                 const faiss::SearchParameters* params) const {
  const SlotFilter nobody(0);
  const SlotFilter filter = FilterOf(params);
  std::vector<SlotQuery> queries;
  for (idx_t i = 0; i < n; ++i) {
    query.vector = {x + i * d, static_cast<std::size_t>(d)};
    // From what is not finite, nothing is at a finite distance.
    query.filter = IsFinite(query.vector) ? &filter : &nobody;
    queries.push_back(query);
  }
  auto found = index_->Pin()->SearchTogether(queries);
  for (auto& hits : found) {
    for (SlotHit& hit : hits) hit.slot = LabelOf(hit.slot);
  }
  return found;
}

Slot FaissFlat::SlotOf(idx_t label) const {
  return slots_.empty() ? label : slots_[static_cast<std::size_t>(label)];
}

faiss::Index::idx_t FaissFlat::LabelOf(Slot slot) const {
  return slots_.empty() ? slot : std::ranges::lower_bound(slots_, slot) - slots_.begin();
}

}  // namespace homeward
