#include "matcher/code_kernel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
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

// Codes of sixty-four rows, row after row, and as kernels want them.
struct Rows {
  Rows(std::mt19937_64& random, std::size_t dimension, int most)
      : octets(OctetsOf(dimension)), packed(TileBytes(octets)) {
    std::uniform_int_distribution<int> code(15 - most, 15);
    rows.assign(kCodedRows, std::vector<int>(dimension));
    for (std::size_t r = 0; r < kCodedRows; ++r) {
      terms.push_back(static_cast<std::uint32_t>(random()));
      for (std::size_t i = 0; i < dimension; ++i) {
        rows[r][i] = code(random);
        std::uint8_t& byte = packed[CodeByte(octets, r, i)];
        byte = static_cast<std::uint8_t>(byte | rows[r][i] << CodeShift(i));
      }
    }
  }

  CodeTile tile() const { return {packed.data(), terms.data(), octets, packed.data()}; }

  std::size_t octets;
  std::vector<std::uint8_t> packed;
  std::vector<std::uint32_t> terms;
  std::vector<std::vector<int>> rows;
};

struct Query {
  Query(std::mt19937_64& random, std::size_t dimension, int most)
      : codes(OctetsOf(dimension) * kOctet) {
    std::uniform_int_distribution<int> code(-most, most);
    for (std::size_t i = 0; i < dimension; ++i) codes[i] = static_cast<std::int8_t>(code(random));
    std::uniform_real_distribution<float> weight(0, 2);
    coded = {codes.data(), weight(random), weight(random), 0};
  }

  std::int32_t Product(const std::vector<int>& row) const {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) sum += row[i] * codes[i];
    return sum;
  }
  float Least(std::uint32_t terms) const {
    return coded.base_weight * static_cast<float>(terms & 0xFFFF) -
           (coded.error_weight * static_cast<float>(terms >> 16) + coded.offset);
  }
  std::uint64_t Near(const Rows& rows) const {
    std::uint64_t near = 0;
    for (std::size_t r = 0; r < kCodedRows; ++r) {
      const bool is_near = Least(rows.terms[r]) <= static_cast<float>(Product(rows.rows[r]));
      near |= std::uint64_t{is_near} << r;
    }
    return near;
  }

  std::vector<std::int8_t> codes;
  CodedQuery coded{};
};

void ExpectEachToTell(const Rows& rows, const std::vector<Query>& queries) {
  std::vector<CodedQuery> coded;
  for (const Query& each : queries) coded.push_back(each.coded);
  for (const auto& [name, compare] : Kernels()) {
    // Beyond the queries given, nothing is written.
    std::array<std::uint64_t, kMostQueries + 1> near;
    near.fill(0x5A5A);
    compare(rows.tile(), coded, near.data());
    for (std::size_t q = 0; q < near.size(); ++q) {
      const std::uint64_t expected = q < queries.size() ? queries[q].Near(rows) : 0x5A5A;
      if (near[q] != expected) RC_FAIL("differs: " + name);
    }
  }
}

RC_GTEST_PROP(CodeKernelTest, EveryKernelTellsTheSameRowsOfUpToEightQueries, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto dimension = *rc::gen::inRange<std::size_t>(1, 600);
  const Rows rows(random, dimension, *rc::gen::element(1, 15));
  std::vector<Query> queries;
  for (auto left = *rc::gen::inRange<std::size_t>(1, kMostQueries + 1); left > 0; --left) {
    Query& query = queries.emplace_back(random, dimension, *rc::gen::element(1, 20, 127));
    // Where a row is just near, and where it just is not.
    const std::size_t row = random() % kCodedRows;
    query.coded.offset = query.Least(rows.terms[row]) -
                         static_cast<float>(query.Product(rows.rows[row]) + (random() % 2 ? 1 : 0));
  }
  ExpectEachToTell(rows, queries);
}

TEST(CodeKernelTest, NothingOverflowsAtTheLargestDimensionAndTheLargestCodes) {
  std::mt19937_64 random(1);
  const std::size_t dimension = kMostOctets * kOctet;
  const Rows rows(random, dimension, 0);
  for (const int code : {-127, 127}) {
    Query query(random, dimension, 0);
    query.codes.assign(dimension, static_cast<std::int8_t>(code));
    const std::int32_t product = query.Product(rows.rows[0]);
    ASSERT_LT(std::abs(product), 1 << 24);
    for (const int beyond : {0, 1}) {
      query.coded = {query.codes.data(), 0, 0, -static_cast<float>(product + beyond)};
      for (const auto& [name, compare] : Kernels()) {
        std::uint64_t near = 0;
        compare(rows.tile(), {&query.coded, 1}, &near);
        EXPECT_EQ(near, beyond == 0 ? ~std::uint64_t{0} : 0) << name;
      }
    }
  }
}

TEST(CodeKernelTest, AnInfiniteOffsetFindsEveryRow) {
  std::mt19937_64 random(2);
  const Rows rows(random, 20, 15);
  Query query(random, 20, 127);
  query.coded = {query.codes.data(), 0, 0, std::numeric_limits<float>::infinity()};
  for (const auto& [name, compare] : Kernels()) {
    std::uint64_t near = 0;
    compare(rows.tile(), {&query.coded, 1}, &near);
    EXPECT_EQ(near, ~std::uint64_t{0}) << name;
  }
}

TEST(CodeKernelTest, AnotherKernelCanBePreferredAndGivenUpAgain) {
  CodeKernel* const best = BestCodeKernel();
  PreferCodeKernel(CompareCodesPlainly);
  EXPECT_EQ(BestCodeKernel(), CompareCodesPlainly);
  PreferCodeKernel(nullptr);
  EXPECT_EQ(BestCodeKernel(), best);
}

}  // namespace
}  // namespace homeward
