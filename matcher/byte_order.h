// Whole numbers as image files store them. Requires: `bytes` holds them from `offset` on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace homeward {

template <std::size_t kBytes>
constexpr std::uint32_t BigEndian(std::span<const std::uint8_t> bytes, std::size_t offset) {
  static_assert(kBytes <= 4);
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < kBytes; ++i) value = value << 8 | bytes[offset + i];
  return value;
}

template <std::size_t kBytes>
constexpr std::uint32_t LittleEndian(std::span<const std::uint8_t> bytes, std::size_t offset) {
  static_assert(kBytes <= 4);
  std::uint32_t value = 0;
  for (std::size_t i = kBytes; i-- > 0;) value = value << 8 | bytes[offset + i];
  return value;
}

}  // namespace homeward
