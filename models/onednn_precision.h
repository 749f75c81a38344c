// What oneDNN's maps and weights are stored as.
#pragma once

#include <cstdint>

namespace homeward {

// Sums are made of 32-bit floats in both.
enum class Precision : std::uint8_t { kFloat32, kBfloat16 };

}  // namespace homeward
