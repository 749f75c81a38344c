#include "matcher/id.h"

namespace homeward {
namespace {

__extension__ using Uint128 = unsigned __int128;  // a compiler's extension that -Wpedantic names

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kTextLength = 26;  // 26 * 5 = 130 bits; the first character holds only 3

}  // namespace

std::string EncodeId(const std::array<std::uint8_t, 16>& bytes) {
  std::string text(kTextLength, '0');
  Uint128 value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  for (std::size_t i = kTextLength; i-- > 0; value >>= 5) {
    text[i] = kAlphabet[static_cast<std::size_t>(value & 31)];
  }
  return text;
}

std::optional<std::array<std::uint8_t, 16>> DecodeId(std::string_view text) {
  if (text.size() != kTextLength) return std::nullopt;
  Uint128 value = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t digit = kAlphabet.find(text[i]);
    if (digit == std::string_view::npos || (i == 0 && digit > 7)) return std::nullopt;
    value = value << 5 | digit;
  }
  std::array<std::uint8_t, 16> bytes;
  for (std::size_t i = bytes.size(); i-- > 0; value >>= 8) {
    bytes[i] = static_cast<std::uint8_t>(value & 255);
  }
  return bytes;
}

}  // namespace homeward
