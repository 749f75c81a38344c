// How a face is lit, from the histogram of its luminance.
#pragma once

#include <array>
#include <optional>

#include "matcher/face_patch.h"

namespace homeward {

// The share of places that have each level; they add up to 1.
using LuminanceShares = std::array<double, 256>;

// Of the whole patch. Absent where less than half of it lies within the picture. Thread safe.
std::optional<LuminanceShares> SharesOf(const FacePatch& patch);

double LuminanceMean(const LuminanceShares& shares);  // 0..1
double UnderExposure(const LuminanceShares& shares);  // the share of levels up to 25
double DynamicRange(const LuminanceShares& shares);   // entropy in bits

// How much the histograms of both cheeks overlap, 0..1. Absent where less than half of a cheek lies
// within the picture. Thread safe.
std::optional<double> IlluminationUniformity(const FacePatch& patch);

}  // namespace homeward
