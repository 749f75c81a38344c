#include "matcher/squared_distances.h"

#include <faiss/utils/distances.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cstdint>
#include <random>
#include <vector>

namespace homeward {
namespace {

std::vector<float> RandomFloats(std::mt19937_64& random, std::size_t count, float scale) {
  std::normal_distribution<float> normal(0, scale);
  std::vector<float> floats(count);
  for (float& each : floats) each = normal(random);
  return floats;
}

RC_GTEST_PROP(SquaredDistancesTest, HaveTheBitsOfFaisssKernel, (std::uint64_t seed)) {
  const int dimension = *rc::gen::element(1, 2, 3, 4, 5, 7, 8, 15, 127, 128, 130, 512);
  const float scale = *rc::gen::element(1e-30F, 1e-3F, 1.0F, 1e10F, 1e30F);
  std::mt19937_64 random(seed);
  const auto length = static_cast<std::size_t>(dimension);
  const std::vector<float> query = RandomFloats(random, length, scale);
  const std::vector<float> data = RandomFloats(random, length * kRowsAtOnce, scale);
  std::array<const float*, kRowsAtOnce> rows;
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = data.data() + i * length;

  std::array<float, kRowsAtOnce> distances;
  SquaredDistances(query.data(), rows, dimension, distances);

  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float expected = faiss::fvec_L2sqr(query.data(), rows[i], length);
    RC_ASSERT(std::bit_cast<std::uint32_t>(distances[i]) == std::bit_cast<std::uint32_t>(expected));
  }
}

TEST(SquaredDistancesTest, TakeRowsThatAreNotAlignedAndRepeat) {
  const std::vector<float> data = {9, 1, 2, 3, 4, 5, 6};
  const std::vector<float> query = {1, 2, 3, 4, 6};
  std::array<const float*, kRowsAtOnce> rows;
  rows.fill(data.data() + 1);
  std::array<float, kRowsAtOnce> distances;
  SquaredDistances(query.data(), rows, 5, distances);
  for (const float distance : distances) EXPECT_EQ(distance, 1);
}

}  // namespace
}  // namespace homeward
