// A template's vector as it is stored: float32, little-endian, one after the other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/error.h"

namespace homeward {

// Errors: kInternal for an empty vector and components that are not finite.
Result<std::vector<std::uint8_t>> VectorBytes(std::span<const float> vector);
// The inverse. Errors: kStoreCorrupt for what VectorBytes would not have written.
Result<std::vector<float>> VectorOfBytes(std::span<const std::uint8_t> bytes);

}  // namespace homeward
