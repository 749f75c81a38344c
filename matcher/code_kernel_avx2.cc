#include <immintrin.h>

#include <algorithm>

#include "matcher/code_kernel.h"

namespace homeward {
namespace {

constexpr std::size_t kLanes = 8;  // rows in a register

__m256i FourCodes(const std::int8_t* codes) {
  std::int32_t four = 0;
  __builtin_memcpy(&four, codes, sizeof four);
  return _mm256_set1_epi32(four);
}

// The products of eight rows with the query. Two products of at most 15 x 127 are summed in sixteen
// bits, where eight such sums have room.
__m256i Products(const std::uint8_t* rows, std::size_t octets, const CodedQuery& query) {
  constexpr std::size_t kOctetsInSixteenBits = 4;
  const __m256i half = _mm256_set1_epi8(15);
  __m256i products = _mm256_setzero_si256();
  for (std::size_t octet = 0; octet < octets;) {
    const std::size_t end = std::min(octets, octet + kOctetsInSixteenBits);
    __m256i pairs = _mm256_setzero_si256();
    for (; octet < end; ++octet) {
      const std::int8_t* eight = query.codes + octet * kOctet;
      const __m256i codes = _mm256_loadu_si256(
          reinterpret_cast<const __m256i_u*>(rows + octet * kOctetBytes * kCodeGroupRows));
      const __m256i low = _mm256_and_si256(codes, half);
      const __m256i high = _mm256_and_si256(_mm256_srli_epi16(codes, 4), half);
      pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(low, FourCodes(eight)));
      pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(high, FourCodes(eight + kOctetBytes)));
    }
    products = _mm256_add_epi32(products, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
  return products;
}

std::uint64_t NearOf(__m256i products, const std::uint32_t* terms, const CodedQuery& query) {
  const __m256i both = _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(terms));
  const __m256 base = _mm256_cvtepi32_ps(_mm256_and_si256(both, _mm256_set1_epi32(0xFFFF)));
  const __m256 error = _mm256_cvtepi32_ps(_mm256_srli_epi32(both, 16));
  const __m256 least =
      _mm256_sub_ps(_mm256_mul_ps(_mm256_set1_ps(query.base_weight), base),
                    _mm256_add_ps(_mm256_mul_ps(_mm256_set1_ps(query.error_weight), error),
                                  _mm256_set1_ps(query.offset)));
  const auto near =
      _mm256_movemask_ps(_mm256_cmp_ps(least, _mm256_cvtepi32_ps(products), _CMP_LE_OQ));
  return static_cast<std::uint64_t>(near);
}

}  // namespace

void CompareCodesByAvx2(const CodeTile& tile, std::span<const CodedQuery> queries,
                        std::uint64_t* near) {
  std::fill_n(near, queries.size(), std::uint64_t{0});
  for (std::size_t byte = 0; byte < TileBytes(tile.octets); byte += 64) {
    __builtin_prefetch(tile.ahead + byte);
  }
  for (std::size_t first = 0; first < kCodedRows; first += kLanes) {
    const std::uint8_t* rows = tile.codes + CodeByte(tile.octets, first, 0);
    for (std::size_t q = 0; q < queries.size(); ++q) {
      near[q] |= NearOf(Products(rows, tile.octets, queries[q]), tile.terms + first, queries[q])
                 << first;
    }
  }
}

}  // namespace homeward
