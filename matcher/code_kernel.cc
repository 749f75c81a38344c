#include "matcher/code_kernel.h"

namespace homeward {

std::uint64_t CompareCodesPlainly(const CodeComparison& work) {
  std::uint64_t near = 0;
  for (std::size_t r = 0; r < kCodedRows; ++r) {
    std::int32_t product = 0;
    for (std::size_t i = 0; i < work.quads * kQuad; ++i) {
      product += (work.rows[CodeIndex(work.quads, r, i)] - 128) * work.query[i];
    }
    const std::int32_t squared = work.row_squares[r] + work.query_square - 2 * product;
    near |= std::uint64_t{squared <= work.limit} << r;
  }
  return near;
}

CodeKernel* BestCodeKernel() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512vnni")) return CompareCodesByVnni;
  if (__builtin_cpu_supports("avx2")) return CompareCodesByAvx2;
#endif
  return CompareCodesPlainly;
}

}  // namespace homeward
