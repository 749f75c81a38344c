#include "matcher/code_kernel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace homeward {
namespace {

struct Named {
  std::string name;
  CodeKernel* compare;
};

// Those that this machine can run.
std::vector<Named> Kernels() {
  std::vector<Named> kernels{{"plainly", CompareCodesPlainly}, {"best", BestCodeKernel()}};
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2")) kernels.push_back({"AVX2", CompareCodesByAvx2});
  if (__builtin_cpu_supports("avx512vnni")) kernels.push_back({"VNNI", CompareCodesByVnni});
#endif
  return kernels;
}

// Codes of sixty-four rows and of a query, row after row, and as kernels want them.
struct Codes {
  Codes(std::mt19937_64& random, std::size_t dimension, int most)
      : quads(QuadsOf(dimension)), packed(kCodedRows * kQuad * quads, 128), squares(kCodedRows) {
    std::uniform_int_distribution<int> code(-most, most);
    for (std::size_t i = 0; i < quads * kQuad; ++i) {
      query.push_back(static_cast<std::int8_t>(i < dimension ? code(random) : 0));
    }
    rows.assign(kCodedRows, std::vector<std::int32_t>(dimension));
    for (std::size_t r = 0; r < kCodedRows; ++r) {
      for (std::size_t i = 0; i < dimension; ++i) {
        rows[r][i] = code(random);
        packed[CodeIndex(quads, r, i)] = static_cast<std::uint8_t>(rows[r][i] + 128);
        squares[r] += rows[r][i] * rows[r][i];
      }
    }
  }

  std::int32_t SquaredDistance(std::size_t r) const {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const std::int32_t difference = rows[r][i] - query[i];
      sum += difference * difference;
    }
    return sum;
  }

  CodeComparison Within(std::int32_t limit) const {
    CodeComparison work{packed.data(), squares.data(), query.data(), quads, 0, 0, limit};
    for (const std::int8_t code : query) {
      work.query_square += code * code;
      work.query_sum += code;
    }
    return work;
  }

  std::size_t quads;
  std::vector<std::uint8_t> packed;
  std::vector<std::int32_t> squares;
  std::vector<std::int8_t> query;
  std::vector<std::vector<std::int32_t>> rows;
};

void ExpectEachToTell(const Codes& codes, std::int32_t limit) {
  std::uint64_t expected = 0;
  for (std::size_t r = 0; r < kCodedRows; ++r) {
    expected |= std::uint64_t{codes.SquaredDistance(r) <= limit} << r;
  }
  for (const auto& [name, compare] : Kernels()) {
    if (compare(codes.Within(limit)) != expected) RC_FAIL("differs: " + name);
  }
}

RC_GTEST_PROP(CodeKernelTest, EveryKernelTellsTheRowsWithinTheLimit, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto dimension = *rc::gen::inRange<std::size_t>(1, 600);
  const Codes codes(random, dimension, *rc::gen::element(1, 20, 127));
  // On the very distance of a row, beside it, and where all and none are within.
  const std::int32_t distance =
      codes.SquaredDistance(*rc::gen::inRange<std::size_t>(0, kCodedRows));
  for (const std::int32_t limit : {distance, distance - 1, 0, FarthestOf(codes.quads)}) {
    ExpectEachToTell(codes, limit);
  }
}

TEST(CodeKernelTest, NothingOverflowsAtTheLargestDimensionAndTheFarthestCodes) {
  std::mt19937_64 random(1);
  const std::size_t dimension = kMostQuads * kQuad;
  Codes codes(random, dimension, 127);
  std::ranges::fill(codes.query, std::int8_t{-127});
  for (std::size_t i = 0; i < dimension; ++i) {
    codes.packed[CodeIndex(codes.quads, 7, i)] = 127 + 128;
    codes.rows[7][i] = 127;
  }
  codes.squares[7] = static_cast<std::int32_t>(dimension) * 127 * 127;
  ASSERT_EQ(codes.SquaredDistance(7), FarthestOf(codes.quads));
  for (const auto& [name, compare] : Kernels()) {
    EXPECT_EQ(compare(codes.Within(FarthestOf(codes.quads))), ~std::uint64_t{0}) << name;
    EXPECT_EQ(compare(codes.Within(FarthestOf(codes.quads) - 1)), ~(std::uint64_t{1} << 7)) << name;
  }
}

}  // namespace
}  // namespace homeward
