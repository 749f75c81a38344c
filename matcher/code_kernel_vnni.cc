#include <immintrin.h>

#include "matcher/code_kernel.h"

namespace homeward {
namespace {

constexpr std::size_t kGroups = kCodedRows / kCodeGroupRows;

}  // namespace

std::uint64_t CompareCodesByVnni(const CodeComparison& work) {
  const std::size_t group_bytes = work.quads * kQuad * kCodeGroupRows;
  __m512i products[kGroups]{};
  for (std::size_t quad = 0; quad < work.quads; ++quad) {
    std::int32_t four = 0;
    __builtin_memcpy(&four, work.query + quad * kQuad, sizeof four);
    const __m512i query = _mm512_set1_epi32(four);
    const std::uint8_t* rows = work.rows + quad * kQuad * kCodeGroupRows;
#pragma GCC unroll 4
    for (std::size_t group = 0; group < kGroups; ++group) {
      products[group] = _mm512_dpbusd_epi32(products[group],
                                            _mm512_loadu_si512(rows + group * group_bytes), query);
    }
  }
  // squares + query_square - 2 (products - 128 query_sum) <= limit
  const __m512i most = _mm512_set1_epi32(work.limit - work.query_square - 256 * work.query_sum);
  std::uint64_t near = 0;
#pragma GCC unroll 4
  for (std::size_t group = 0; group < kGroups; ++group) {
    const __m512i squares = _mm512_loadu_si512(work.row_squares + group * kCodeGroupRows);
    const __m512i part =
        _mm512_sub_epi32(squares, _mm512_add_epi32(products[group], products[group]));
    near |= std::uint64_t{_mm512_cmple_epi32_mask(part, most)} << (group * kCodeGroupRows);
  }
  return near;
}

}  // namespace homeward
