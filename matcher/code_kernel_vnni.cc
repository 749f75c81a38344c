#include <immintrin.h>

#include "matcher/code_kernel.h"

namespace homeward {
namespace {

constexpr std::size_t kGroups = kCodedRows / kCodeGroupRows;
// What is written without a mask warns of what g++ 12 leaves open inside.
constexpr __mmask16 kAll = 0xFFFF;

__m512i FourCodes(const std::int8_t* codes) {
  std::int32_t four = 0;
  __builtin_memcpy(&four, codes, sizeof four);
  return _mm512_set1_epi32(four);
}

// Which of a group's rows are near, told by their products.
std::uint64_t NearOf(__m512i products, const std::uint32_t* terms, const CodedQuery& query) {
  const __m512i both = _mm512_loadu_si512(terms);
  const __m512 base =
      _mm512_maskz_cvtepi32_ps(kAll, _mm512_and_si512(both, _mm512_set1_epi32(0xFFFF)));
  const __m512 error = _mm512_maskz_cvtepi32_ps(kAll, _mm512_maskz_srli_epi32(kAll, both, 16));
  const __m512 least =
      _mm512_sub_ps(_mm512_mul_ps(_mm512_set1_ps(query.base_weight), base),
                    _mm512_add_ps(_mm512_mul_ps(_mm512_set1_ps(query.error_weight), error),
                                  _mm512_set1_ps(query.offset)));
  return _mm512_cmp_ps_mask(least, _mm512_maskz_cvtepi32_ps(kAll, products), _CMP_LE_OQ);
}

// Of `groups` groups from `first` on. Registers hold the products of all queries with them, so that
// codes are loaded and taken apart once.
template <std::size_t queries, std::size_t groups>
void CompareGroups(const CodeTile& tile, std::size_t first, const CodedQuery* query,
                   std::uint64_t* near) {
  const std::size_t group_bytes = tile.octets * kOctetBytes * kCodeGroupRows;
  const __m512i half = _mm512_set1_epi8(15);
  __m512i low_products[queries][groups]{};
  __m512i high_products[queries][groups]{};
  for (std::size_t octet = 0; octet < tile.octets; ++octet) {
    const std::size_t at = first * group_bytes + octet * kOctetBytes * kCodeGroupRows;
#pragma GCC unroll 4
    for (std::size_t group = 0; group < groups; ++group) {
      __builtin_prefetch(tile.ahead + at + group * group_bytes);
      const __m512i codes = _mm512_loadu_si512(tile.codes + at + group * group_bytes);
      const __m512i low = _mm512_and_si512(codes, half);
      const __m512i high = _mm512_and_si512(_mm512_srli_epi16(codes, 4), half);
#pragma GCC unroll 8
      for (std::size_t q = 0; q < queries; ++q) {
        const std::int8_t* eight = query[q].codes + octet * kOctet;
        __m512i& high_sums = queries < 4 ? high_products[q][group] : low_products[q][group];
        low_products[q][group] = _mm512_dpbusd_epi32(low_products[q][group], low, FourCodes(eight));
        high_sums = _mm512_dpbusd_epi32(high_sums, high, FourCodes(eight + kOctetBytes));
      }
    }
  }
#pragma GCC unroll 8
  for (std::size_t q = 0; q < queries; ++q) {
#pragma GCC unroll 4
    for (std::size_t group = 0; group < groups; ++group) {
      const std::size_t row = (first + group) * kCodeGroupRows;
      near[q] |= NearOf(_mm512_add_epi32(low_products[q][group], high_products[q][group]),
                        tile.terms + row, query[q])
                 << row;
    }
  }
}

template <std::size_t queries>
void CompareTile(const CodeTile& tile, const CodedQuery* query, std::uint64_t* near) {
  constexpr std::size_t kAtOnce = queries <= 2 ? kGroups : kGroups / 2;
  for (std::size_t q = 0; q < queries; ++q) near[q] = 0;
  for (std::size_t group = 0; group < kGroups; group += kAtOnce) {
    CompareGroups<queries, kAtOnce>(tile, group, query, near);
  }
}

}  // namespace

void CompareCodesByVnni(const CodeTile& tile, std::span<const CodedQuery> queries,
                        std::uint64_t* near) {
  static_assert(kMostQueries == 8);
  switch (queries.size()) {
    case 1:
      return CompareTile<1>(tile, queries.data(), near);
    case 2:
      return CompareTile<2>(tile, queries.data(), near);
    case 3:
      return CompareTile<3>(tile, queries.data(), near);
    case 4:
      return CompareTile<4>(tile, queries.data(), near);
    case 5:
      return CompareTile<5>(tile, queries.data(), near);
    case 6:
      return CompareTile<6>(tile, queries.data(), near);
    case 7:
      return CompareTile<7>(tile, queries.data(), near);
    case 8:
      return CompareTile<8>(tile, queries.data(), near);
    default:
      return;
  }
}

}  // namespace homeward
