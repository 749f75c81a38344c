#include "matcher/code_kernel.h"

#include <atomic>

namespace homeward {
namespace {

std::atomic<CodeKernel*> preferred_kernel = nullptr;

std::int32_t Product(const CodeTile& tile, std::size_t r, const CodedQuery& query) {
  std::int32_t product = 0;
  for (std::size_t i = 0; i < tile.octets * kOctet; ++i) {
    const int code = tile.codes[CodeByte(tile.octets, r, i)] >> CodeShift(i) & 15;
    product += code * query.codes[i];
  }
  return product;
}

}  // namespace

void CompareCodesPlainly(const CodeTile& tile, std::span<const CodedQuery> queries,
                         std::uint64_t* near) {
  for (std::size_t q = 0; q < queries.size(); ++q) {
    near[q] = 0;
    for (std::size_t r = 0; r < kCodedRows; ++r) {
      const auto base = static_cast<float>(tile.terms[r] & 0xFFFF);
      const auto error = static_cast<float>(tile.terms[r] >> 16);
      const float least =
          queries[q].base_weight * base - (queries[q].error_weight * error + queries[q].offset);
      near[q] |= std::uint64_t{least <= static_cast<float>(Product(tile, r, queries[q]))} << r;
    }
  }
}

CodeKernel* BestCodeKernel() {
  if (CodeKernel* const preferred = preferred_kernel) return preferred;
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512vnni")) return CompareCodesByVnni;
  if (__builtin_cpu_supports("avx2")) return CompareCodesByAvx2;
#endif
  return CompareCodesPlainly;
}

void PreferCodeKernel(CodeKernel* kernel) { preferred_kernel = kernel; }

}  // namespace homeward
