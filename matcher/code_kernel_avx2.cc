#include <immintrin.h>

#include "matcher/code_kernel.h"

namespace homeward {
namespace {

constexpr std::size_t kLanes = 8;  // rows in a register

// The products of eight rows with the query: four components a row and step. Magnitudes times
// signed values, so that two products of at most 127 x 127 fit in the sixteen bits that are their
// sum.
__m256i Products(const std::uint8_t* rows, const CodeComparison& work) {
  const __m256i offset = _mm256_set1_epi8(static_cast<char>(0x80));
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i products = _mm256_setzero_si256();
  for (std::size_t quad = 0; quad < work.quads; ++quad) {
    std::int32_t four = 0;
    __builtin_memcpy(&four, work.query + quad * kQuad, sizeof four);
    const auto* source = reinterpret_cast<const __m256i_u*>(rows + quad * kQuad * kCodeGroupRows);
    const __m256i codes = _mm256_xor_si256(_mm256_loadu_si256(source), offset);
    const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(codes),
                                               _mm256_sign_epi8(_mm256_set1_epi32(four), codes));
    products = _mm256_add_epi32(products, _mm256_madd_epi16(pairs, ones));
  }
  return products;
}

}  // namespace

std::uint64_t CompareCodesByAvx2(const CodeComparison& work) {
  const __m256i most = _mm256_set1_epi32(work.limit - work.query_square);
  std::uint64_t near = 0;
  for (std::size_t first = 0; first < kCodedRows; first += kLanes) {
    const __m256i products = Products(work.rows + CodeIndex(work.quads, first, 0), work);
    const __m256i squares =
        _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(work.row_squares + first));
    const __m256i part = _mm256_sub_epi32(squares, _mm256_slli_epi32(products, 1));
    const auto farther = static_cast<unsigned>(
        _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(part, most))));
    near |= std::uint64_t{~farther & 0xFFU} << first;
  }
  return near;
}

}  // namespace homeward
