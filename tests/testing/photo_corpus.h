// Photos as an attacker, a broken phone or a bad line would send them. All are made here from
// synthetic pixels, the same ones each time.
#pragma once

#include <vector>

#include "tests/testing/hostile_photo.h"

namespace homeward::testing {

// The families: truncated, pixel_bomb, giant_jpeg, scan_bomb, two_formats, four_inks, sixteen_bit,
// interlaced, animated, metadata_bomb, wrong_magic, foreign_format, tiny, bit_flips,
// broken_structure. Four_inks, sixteen_bit, interlaced and metadata_bomb are odd and valid; most of
// the others are to be refused. More than 300, each at most 100 KB.
std::vector<HostilePhoto> HostilePhotos();

}  // namespace homeward::testing
