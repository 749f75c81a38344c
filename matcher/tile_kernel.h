// Squared Euclidean distances of a tile of rows to a few queries, bit for bit as
// squared_distances.h has them, in a tenth of its time or less: the rows lie side by side, so that
// each is summed in a lane of its own, and the widest registers of the machine are used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace homeward {

inline constexpr std::size_t kTileRows = 64;
inline constexpr std::size_t kTileQueries = 4;

// Rows lie side by side in groups of so many: the first component of each, then the second.
inline constexpr std::size_t kGroupRows = 16;

// Where component i of row r of a tile is.
constexpr std::size_t TileIndex(std::size_t dimension, std::size_t r, std::size_t i) {
  return (r / kGroupRows * dimension + i) * kGroupRows + r % kGroupRows;
}

// One call's work. squared[q * kTileRows + r], the distance of query q to row r, is right where it
// is less than limits[q]; others are at least limits[q].
struct TileComparison {
  const float* components;  // kTileRows * dimension, see TileIndex
  std::size_t dimension;
  // Sums only grow, so that after a part of the components most pairs are known to be too far
  // apart: whether all are is asked after so many (>= 1), and again after every half as many.
  std::size_t first_stop;
  const float* const* queries;  // kTileQueries
  const float* limits;          // kTileQueries
  float* squared;               // kTileQueries * kTileRows
};

// In the bits of the answer, lowest first: whether any row is nearer to query q than limits[q].
using TileKernel = std::uint32_t(const TileComparison&);

// With registers of so many floats. The wider ones are for amd64 only.
TileKernel CompareTileBy4;
TileKernel CompareTileBy8;   // asks for AVX2
TileKernel CompareTileBy16;  // asks for AVX-512F
// The quickest that this machine can run. Thread safe.
TileKernel* BestTileKernel();

// The three, each instance for one file, which is compiled for the instructions that it asks for
// and without contracting a product and a sum to one rounding. Pointers only: an inline function
// of the standard library, compiled here, might be linked into what must run on every machine.
template <int kWidth>
class TileSums {
 public:
  // Of the rows from `first` on.
  TileSums(const TileComparison& work, std::size_t first)
      : work_(work), first_(first), rows_(work.components + TileIndex(work.dimension, first, 0)) {}

  void AddComponents(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Lanes rows;
      std::memcpy(&rows, rows_ + i * kGroupRows, kBytes);
#pragma GCC unroll 4
      for (std::size_t q = 0; q < kTileQueries; ++q) {
        const Lanes difference = rows - work_.queries[q][i];
        sums_[q] += difference * difference;
      }
    }
  }

  // Whether any query still has a row nearer than its limit.
  bool AnyNearer() const {
    Marks marks{};
#pragma GCC unroll 4
    for (std::size_t q = 0; q < kTileQueries; ++q) marks |= sums_[q] < work_.limits[q];
    return HasAny(marks);
  }

  // Which queries have; as CompareTile's answer.
  std::uint32_t Nearer() const {
    std::uint32_t nearer = 0;
#pragma GCC unroll 4
    for (std::size_t q = 0; q < kTileQueries; ++q) {
      nearer |= static_cast<std::uint32_t>(HasAny(sums_[q] < work_.limits[q])) << q;
    }
    return nearer;
  }

  void Store() const {
#pragma GCC unroll 4
    for (std::size_t q = 0; q < kTileQueries; ++q) {
      std::memcpy(work_.squared + q * kTileRows + first_, &sums_[q], kBytes);
    }
  }

 private:
  using Lanes [[gnu::vector_size(kWidth * sizeof(float))]] = float;
  using Marks [[gnu::vector_size(kWidth * sizeof(float))]] = std::int32_t;
  static constexpr std::size_t kBytes = kWidth * sizeof(float);

  static bool HasAny(const Marks& marks) {
    std::uint64_t words[kBytes / sizeof(std::uint64_t)];
    std::memcpy(words, &marks, kBytes);
    std::uint64_t any = 0;
    for (const std::uint64_t word : words) any |= word;
    return any != 0;
  }

  const TileComparison& work_;
  const std::size_t first_;
  const float* const rows_;
  Lanes sums_[kTileQueries]{};
};

template <int kWidth>
std::uint32_t CompareTile(const TileComparison& work) {
  std::uint32_t nearer = 0;
  for (std::size_t first = 0; first < kTileRows; first += kWidth) {
    TileSums<kWidth> sums(work, first);
    std::size_t done = 0;
    std::size_t stop = work.first_stop;
    bool any = true;
    for (; any && done < work.dimension; stop += (work.first_stop + 1) / 2) {
      if (stop > work.dimension) stop = work.dimension;
      sums.AddComponents(done, stop);
      done = stop;
      any = sums.AnyNearer();
    }
    if (any) nearer |= sums.Nearer();
    sums.Store();
  }
  return nearer;
}

}  // namespace homeward
