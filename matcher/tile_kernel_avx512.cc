#include "matcher/tile_kernel.h"

namespace homeward {

std::uint32_t CompareTileBy16(const TileComparison& work) { return CompareTile<16>(work); }

}  // namespace homeward
