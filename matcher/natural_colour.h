// Whether a face has the colour of skin, or was made grey or tinted.
#pragma once

#include <optional>

#include "matcher/face_patch.h"

namespace homeward {

// How far the mean colour of both cheeks lies outside of what skin of any tone has (a* 5 to 25, b*
// 5 to 35), in units of CIELAB: 0 within it. Absent where less than half of the cheeks lies within
// the picture. Thread safe.
std::optional<double> NaturalColour(const FacePatch& patch);

}  // namespace homeward
