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

// One call's work. `components` holds the first component of kTileRows rows, then the second, and
// so on. squared[q * kTileRows + r], the distance of query q to row r, is right where it is less
// than limits[q]; others are at least limits[q].
struct TileComparison {
  const float* components;
  std::size_t dimension;
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
  TileSums(const TileComparison& work, std::size_t first) : work_(work), first_(first) {}

  void AddComponents(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Lanes rows;
      std::memcpy(&rows, work_.components + i * kTileRows + first_, kBytes);
#pragma GCC unroll 4
      for (std::size_t q = 0; q < kTileQueries; ++q) {
        const Lanes difference = rows - work_.queries[q][i];
        sums_[q] += difference * difference;
      }
    }
  }

  // Which queries still have a row nearer than their limit; as CompareTile's answer.
  std::uint32_t Nearer() const {
    std::uint32_t nearer = 0;
#pragma GCC unroll 4
    for (std::size_t q = 0; q < kTileQueries; ++q) {
      const Marks marks = sums_[q] < work_.limits[q];
      std::uint64_t words[kBytes / sizeof(std::uint64_t)];
      std::memcpy(words, &marks, kBytes);
      std::uint64_t any = 0;
      for (const std::uint64_t word : words) any |= word;
      nearer |= static_cast<std::uint32_t>(any != 0) << q;
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

  const TileComparison& work_;
  const std::size_t first_;
  Lanes sums_[kTileQueries]{};
};

template <int kWidth>
std::uint32_t CompareTile(const TileComparison& work) {
  // Sums only grow, so the first half of the components rules out most pairs that are far apart.
  const std::size_t stops[] = {work.dimension / 2, work.dimension * 3 / 4, work.dimension};
  std::uint32_t nearer = 0;
  for (std::size_t first = 0; first < kTileRows; first += kWidth) {
    TileSums<kWidth> sums(work, first);
    std::uint32_t found = 0;
    std::size_t done = 0;
    for (const std::size_t stop : stops) {
      sums.AddComponents(done, stop);
      done = stop;
      found = sums.Nearer();
      if (found == 0) break;
    }
    nearer |= found;
    sums.Store();
  }
  return nearer;
}

}  // namespace homeward
