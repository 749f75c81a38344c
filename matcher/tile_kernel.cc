#include "matcher/tile_kernel.h"

namespace homeward {

std::uint32_t CompareTileBy4(const TileComparison& work) { return CompareTile<4>(work); }

TileKernel* BestTileKernel() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) return CompareTileBy16;
  if (__builtin_cpu_supports("avx2")) return CompareTileBy8;
#endif
  return CompareTileBy4;
}

}  // namespace homeward
