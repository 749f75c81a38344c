#include "matcher/nearest_rows.h"

#include <string.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "matcher/squared_distances.h"
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
      float* lane = components_.data() + TileIndex(dimension_, r, 0);
      for (std::size_t i = 0; i < dimension_; ++i) lane[i * kGroupRows] = vector[i];
    }
  }

  std::size_t dimension() const { return dimension_; }
  const float* components() const { return components_.data(); }

 private:
  const std::size_t dimension_;
  std::vector<float> components_;
};

// One query: what it has found so far, and rows that it has yet to be compared with.
class Query {
 public:
  Query(const float* vector, std::size_t dimension, Shortlist nearest)
      : vector_(vector), dimension_(static_cast<int>(dimension)), nearest_(std::move(nearest)) {}

  const float* vector() const { return vector_; }
  float limit() const { return nearest_.limit(); }

  void Offer(const SlotVector& row, float squared_distance) {
    if (nearest_.Wants(squared_distance) && row.vector != vector_) {
      nearest_.Add({row.slot, squared_distance});
    }
  }
  // As Offer, with the distance found later, together with that of others.
  void Queue(const SlotVector& row) {
    waiting_[waiting_count_++] = row;
    if (waiting_count_ == waiting_.size()) CompareWaiting();
  }
  std::vector<SlotHit> Take() && {
    if (waiting_count_ > 0) CompareWaiting();
    return std::move(nearest_).Take();
  }

 private:
  void CompareWaiting() {
    std::array<const float*, kRowsAtOnce> rows;
    std::array<float, kRowsAtOnce> squared;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i] = waiting_[std::min(i, waiting_count_ - 1)].vector;
    }
    SquaredDistances(vector_, rows, dimension_, squared);
    for (std::size_t i = 0; i < waiting_count_; ++i) Offer(waiting_[i], squared[i]);
    waiting_count_ = 0;
  }

  const float* vector_;
  int dimension_;
  Shortlist nearest_;
  std::array<SlotVector, kRowsAtOnce> waiting_;
  std::size_t waiting_count_ = 0;
};

std::vector<std::vector<SlotHit>> Answers(std::vector<Query> queries) {
  std::vector<std::vector<SlotHit>> answers;
  for (Query& query : queries) answers.push_back(std::move(query).Take());
  return answers;
}

// What a kernel works with: kTileQueries queries, or what stands for them.
struct Round {
  std::array<const float*, kTileQueries> queries;
  std::array<float, kTileQueries> limits;
  alignas(64) std::array<float, kTileQueries * kTileRows> squared;

  // Calls take(q, r) for each of `query_count` queries and of `row_count` rows of the tile that are
  // nearer than the limit, where it is finite.
  template <class Take>
  void Run(const float* tile, std::size_t dimension, std::size_t first_stop,
           std::size_t query_count, std::size_t row_count, const Take& take) {
    static TileKernel* const kernel = BestTileKernel();
    const std::uint32_t nearer =
        kernel({tile, dimension, first_stop, queries.data(), limits.data(), squared.data()});
    for (std::size_t q = 0; q < std::min(kTileQueries, query_count); ++q) {
      const bool has_limit = limits[q] < std::numeric_limits<float>::infinity();
      if (has_limit && (nearer >> q & 1) == 0) continue;
      for (std::size_t r = 0; r < row_count; ++r) {
        if (!has_limit || squared[q * kTileRows + r] < limits[q]) take(q, r);
      }
    }
  }
};

// Compares every query with the rows in the tile.
void CompareAll(const Tile& tile, std::span<const SlotVector> rows, std::vector<Query>& queries) {
  Round round;
  for (std::size_t first = 0; first < queries.size(); first += kTileQueries) {
    for (std::size_t q = 0; q < kTileQueries; ++q) {
      const Query& query = queries[std::min(first + q, queries.size() - 1)];
      round.queries[q] = query.vector();
      round.limits[q] = std::nextafter(query.limit(), std::numeric_limits<float>::infinity());
    }
    round.Run(tile.components(), tile.dimension(), (tile.dimension() + 1) / 2,
              queries.size() - first, rows.size(), [&](std::size_t q, std::size_t r) {
                queries[first + q].Offer(rows[r], round.squared[q * kTileRows + r]);
              });
  }
}

// Queries by their outlines. Only where those of a query and a row are near, the two are compared.
class OutlinedQueries {
 public:
  OutlinedQueries(const Outlines& outlines, std::size_t first, std::size_t query_count,
                  std::size_t count)
      : outlines_(outlines) {
    for (const SlotVector& row : outlines.rows().subspan(first, query_count)) {
      queries_.emplace_back(row.vector, outlines.dimension(), Shortlist(count));
      outlines_of_queries_.push_back(outlines.outline(first + queries_.size() - 1));
      limits_.push_back(outlines.Limit(queries_.back().limit()));
    }
  }

  void Compare(std::size_t first_row) {
    const auto rows = outlines_.rows().subspan(
        first_row, std::min(kTileRows, outlines_.rows().size() - first_row));
    for (std::size_t first = 0; first < queries_.size(); first += kTileQueries) {
      for (std::size_t q = 0; q < kTileQueries; ++q) {
        const std::size_t query = std::min(first + q, queries_.size() - 1);
        round_.queries[q] = outlines_of_queries_[query].data();
        round_.limits[q] = limits_[query];
      }
      round_.Run(outlines_.tile(first_row), Outlines::kLength, kFirstStop, queries_.size() - first,
                 rows.size(), [&](std::size_t q, std::size_t r) { Queue(first + q, rows[r]); });
    }
  }

  std::vector<std::vector<SlotHit>> Take() && { return Answers(std::move(queries_)); }

 private:
  static constexpr std::size_t kFirstStop = 16;

  void Queue(std::size_t query, const SlotVector& row) {
    const float before = queries_[query].limit();
    queries_[query].Queue(row);
    const float now = queries_[query].limit();
    if (now != before) limits_[query] = outlines_.Limit(now);
  }

  const Outlines& outlines_;
  std::vector<Query> queries_;
  std::vector<std::array<float, Outlines::kLength>> outlines_of_queries_;
  std::vector<float> limits_;  // of distances between outlines
  Round round_;
};

}  // namespace

void Shortlist::Add(const SlotHit& hit) {
  hits_.push_back(hit);
  if (hits_.size() == 2 * count_) Cut();
}

void Shortlist::Cut() {
  const auto last = hits_.begin() + static_cast<std::ptrdiff_t>(count_) - 1;
  // Not IsNearer itself, which would be called by its address for every comparison.
  std::nth_element(hits_.begin(), last, hits_.end(),
                   [](const SlotHit& a, const SlotHit& b) { return IsNearer(a, b); });
  limit_ = last->squared_distance;
  hits_.erase(last + 1, hits_.end());
}

std::vector<SlotHit> Shortlist::Take() && {
  if (hits_.size() > count_) Cut();
  return std::move(hits_);
}

std::vector<std::vector<SlotHit>> NearestRows(std::span<const float* const> queries,
                                              std::span<const SlotVector> rows, int dimension,
                                              std::size_t count, std::span<const float> limits) {
  std::vector<Query> asked;
  Tile tile(dimension);
  for (std::size_t i = 0; i < queries.size(); ++i) {
    asked.emplace_back(queries[i], tile.dimension(),
                       limits.empty() ? Shortlist(count) : Shortlist(count, limits[i]));
  }
  for (; !rows.empty(); rows = rows.subspan(std::min(kTileRows, rows.size()))) {
    const auto some = rows.first(std::min(kTileRows, rows.size()));
    tile.Fill(some);
    CompareAll(tile, some, asked);
  }
  return Answers(std::move(asked));
}

std::vector<std::vector<SlotHit>> NearestOthers(const Outlines& outlines, std::size_t first,
                                                std::size_t query_count, std::size_t count) {
  OutlinedQueries queries(outlines, first, query_count, count);
  // From where the nearest are likely, so that most others are known to be too far at once.
  const std::size_t tiles = (outlines.rows().size() + kTileRows - 1) / kTileRows;
  for (std::size_t i = 0; i < tiles; ++i) {
    queries.Compare((first / kTileRows + i) % tiles * kTileRows);
  }
  return std::move(queries).Take();
}

}  // namespace homeward
