#include "matcher/tile_kernel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <bit>
#include <limits>
#include <random>
#include <vector>

#include "matcher/squared_distances.h"

namespace homeward {
namespace {

std::vector<TileKernel*> KernelsOfThisMachine() {
  std::vector<TileKernel*> kernels = {CompareTileBy4};
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2")) kernels.push_back(CompareTileBy8);
  if (__builtin_cpu_supports("avx512f")) kernels.push_back(CompareTileBy16);
#endif
  return kernels;
}

class Scene {
 public:
  Scene(std::uint64_t seed, std::size_t dimension, float scale) : dimension_(dimension) {
    std::mt19937_64 random(seed);
    std::normal_distribution<float> normal(0, scale);
    rows_.resize(kTileRows * dimension);
    queries_.resize(kTileQueries * dimension);
    for (float& each : rows_) each = normal(random);
    for (float& each : queries_) each = normal(random);
    tile_.resize(rows_.size());
    for (std::size_t r = 0; r < kTileRows; ++r) {
      for (std::size_t i = 0; i < dimension; ++i) {
        tile_[TileIndex(dimension, r, i)] = rows_[r * dimension + i];
      }
    }
  }

  using Distances = std::array<float, kTileQueries * kTileRows>;
  using Limits = std::array<float, kTileQueries>;

  std::uint32_t Run(TileKernel* kernel, std::size_t first_stop, const Limits& limits,
                    Distances& squared) const {
    std::array<const float*, kTileQueries> queries;
    for (std::size_t q = 0; q < kTileQueries; ++q) queries[q] = &queries_[q * dimension_];
    return kernel(
        {tile_.data(), dimension_, first_stop, queries.data(), limits.data(), squared.data()});
  }

  Distances Expected() const {
    Distances squared;
    for (std::size_t q = 0; q < kTileQueries; ++q) {
      for (std::size_t r = 0; r < kTileRows; r += kRowsAtOnce) {
        std::array<const float*, kRowsAtOnce> rows;
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = &rows_[(r + i) * dimension_];
        std::array<float, kRowsAtOnce> part;
        SquaredDistances(&queries_[q * dimension_], rows, static_cast<int>(dimension_), part);
        std::ranges::copy(part, squared.begin() + static_cast<int>(q * kTileRows + r));
      }
    }
    return squared;
  }

 private:
  std::size_t dimension_;
  std::vector<float> rows_;
  std::vector<float> queries_;
  std::vector<float> tile_;
};

RC_GTEST_PROP(TileKernelTest, HasTheBitsOfSquaredDistances, (std::uint64_t seed)) {
  const std::size_t dimension = *rc::gen::element(1, 2, 5, 64, 127, 128, 512);
  const Scene scene(seed, dimension, *rc::gen::element(1e-30F, 1e-3F, 1.0F, 1e10F, 1e30F));
  const auto first_stop = *rc::gen::inRange<std::size_t>(1, 2 * dimension + 1);
  Scene::Limits limits;
  limits.fill(std::numeric_limits<float>::infinity());
  for (TileKernel* kernel : KernelsOfThisMachine()) {
    Scene::Distances squared;
    scene.Run(kernel, first_stop, limits, squared);
    RC_ASSERT((std::bit_cast<std::array<std::uint32_t, squared.size()>>(squared)) ==
              (std::bit_cast<std::array<std::uint32_t, squared.size()>>(scene.Expected())));
  }
}

RC_GTEST_PROP(TileKernelTest, TellsWhatIsNearerThanItsLimit, (std::uint64_t seed)) {
  const std::size_t dimension = *rc::gen::element(3, 64, 128);
  const Scene scene(seed, dimension, 1);
  const Scene::Distances expected = scene.Expected();
  Scene::Limits limits;
  // Some of them the very distance of a row, and some less than any.
  for (float& limit : limits) {
    limit = expected[*rc::gen::inRange<std::size_t>(0, expected.size())];
    limit *= *rc::gen::element(0.0F, 0.5F, 1.0F);
  }
  for (TileKernel* kernel : KernelsOfThisMachine()) {
    Scene::Distances squared;
    const std::uint32_t nearer = scene.Run(kernel, dimension / 4 + 1, limits, squared);
    for (std::size_t q = 0; q < kTileQueries; ++q) {
      bool any = false;
      for (std::size_t i = q * kTileRows; i < (q + 1) * kTileRows; ++i) {
        any = any || expected[i] < limits[q];
        if (expected[i] < limits[q]) RC_ASSERT(squared[i] == expected[i]);
        if (expected[i] >= limits[q]) RC_ASSERT(squared[i] >= limits[q]);
      }
      RC_ASSERT((nearer >> q & 1) == static_cast<std::uint32_t>(any));
    }
  }
}

TEST(TileKernelTest, TheBestIsOneThatThisMachineCanRun) {
  EXPECT_EQ(BestTileKernel(), KernelsOfThisMachine().back());
}

}  // namespace
}  // namespace homeward
