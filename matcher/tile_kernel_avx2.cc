#include "matcher/tile_kernel.h"

namespace homeward {

std::uint32_t CompareTileBy8(const TileComparison& work) { return CompareTile<8>(work); }

}  // namespace homeward
