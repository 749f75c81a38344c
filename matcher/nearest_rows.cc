#include "matcher/nearest_rows.h"

#include <string.h>

#include <algorithm>
#include <array>
#include <utility>

#include "matcher/tile_kernel.h"

namespace homeward {
namespace {

// Up to kTileRows rows, side by side.
class Tile {
 public:
  explicit Tile(int dimension)
      : dimension_(static_cast<std::size_t>(dimension)), components_(kTileRows * dimension_) {}
  Tile(const Tile&) = delete;
  Tile& operator=(const Tile&) = delete;
  // A face's vector is a biometric: it must not linger in freed memory.
  ~Tile() { explicit_bzero(components_.data(), components_.size() * sizeof(float)); }

  // At least one row; the last is repeated up to kTileRows.
  void Fill(std::span<const SlotVector> rows) {
    for (std::size_t r = 0; r < kTileRows; ++r) {
      const float* vector = rows[std::min(r, rows.size() - 1)].vector;
      float* lane = components_.data() + r;
      for (std::size_t i = 0; i < dimension_; ++i) lane[i * kTileRows] = vector[i];
    }
  }

  std::size_t dimension() const { return dimension_; }
  const float* components() const { return components_.data(); }

 private:
  const std::size_t dimension_;
  std::vector<float> components_;
};

// Some queries, and what they have found so far.
class Quest {
 public:
  Quest(std::span<const float* const> queries, std::size_t count)
      : queries_(queries), found_(queries.size(), Shortlist(count)) {}

  // `rows`: those in the tile.
  void Compare(const Tile& tile, std::span<const SlotVector> rows) {
    for (std::size_t first = 0; first < queries_.size(); first += kTileQueries) {
      std::array<const float*, kTileQueries> queries;
      std::array<float, kTileQueries> limits;
      for (std::size_t q = 0; q < kTileQueries; ++q) {
        const std::size_t query = std::min(first + q, queries_.size() - 1);
        queries[q] = queries_[query];
        limits[q] = found_[query].limit();
      }
      alignas(64) std::array<float, kTileQueries * kTileRows> squared;
      const std::uint32_t nearer = kernel_(
          {tile.components(), tile.dimension(), queries.data(), limits.data(), squared.data()});
      for (std::size_t q = 0; q < std::min(kTileQueries, queries_.size() - first); ++q) {
        // Without a limit every row counts, however far.
        const bool is_short = limits[q] == std::numeric_limits<float>::infinity();
        if ((nearer >> q & 1) == 0 && !is_short) continue;
        Collect(first + q, rows, squared.data() + q * kTileRows);
      }
    }
  }

  std::vector<std::vector<SlotHit>> Take() && {
    std::vector<std::vector<SlotHit>> hits;
    for (Shortlist& each : found_) hits.push_back(std::move(each).Take());
    return hits;
  }

 private:
  void Collect(std::size_t query, std::span<const SlotVector> rows, const float* squared) {
    Shortlist& found = found_[query];
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (found.Wants(squared[r]) && rows[r].vector != queries_[query]) {
        found.Add({rows[r].slot, squared[r]});
      }
    }
  }

  TileKernel* const kernel_ = BestTileKernel();
  const std::span<const float* const> queries_;
  std::vector<Shortlist> found_;
};

}  // namespace

void Shortlist::Add(const SlotHit& hit) {
  hits_.push_back(hit);
  if (hits_.size() == 2 * count_) Cut();
}

void Shortlist::Cut() {
  const auto last = hits_.begin() + static_cast<std::ptrdiff_t>(count_) - 1;
  std::ranges::nth_element(hits_, last, IsNearer);
  limit_ = last->squared_distance;
  hits_.erase(last + 1, hits_.end());
}

std::vector<SlotHit> Shortlist::Take() && {
  if (hits_.size() > count_) Cut();
  return std::move(hits_);
}

std::vector<std::vector<SlotHit>> NearestRows(std::span<const float* const> queries,
                                              std::span<const SlotVector> rows, int dimension,
                                              std::size_t count) {
  Quest quest(queries, count);
  Tile tile(dimension);
  for (; !rows.empty(); rows = rows.subspan(std::min(kTileRows, rows.size()))) {
    const auto some = rows.first(std::min(kTileRows, rows.size()));
    tile.Fill(some);
    quest.Compare(tile, some);
  }
  return std::move(quest).Take();
}

}  // namespace homeward
