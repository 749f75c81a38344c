#include "clients/screen/code_point.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace homeward::client {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Range {
  char32_t first;
  char32_t last;
};

// East Asian Wide and Fullwidth (UAX #11), joined to blocks: unassigned code points inside are wide
// too. Sorted.
constexpr std::array<Range, 17> kWide = {{{0x1100, 0x115F},
                                          {0x231A, 0x231B},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x33FF},
                                          {0x3400, 0x4DBF},
                                          {0x4E00, 0xA4CF},
                                          {0xA960, 0xA97F},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE10, 0xFE19},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1F64F},
                                          {0x1F680, 0x1F6FF},
                                          {0x1F900, 0x1F9FF},
                                          {0x20000, 0x3FFFD}}};

// Combining marks, joiners and variation selectors. Sorted.
constexpr std::array<Range, 7> kZero = {{{0x0300, 0x036F},
                                         {0x0483, 0x0489},
                                         {0x200B, 0x200F},
                                         {0x20D0, 0x20FF},
                                         {0x302A, 0x302D},
                                         {0xFE00, 0xFE0F},
                                         {0xE0100, 0xE01EF}}};

template <std::size_t kCount>
bool Contains(const std::array<Range, kCount>& ranges, char32_t value) {
  const auto range = std::ranges::lower_bound(ranges, value, {}, &Range::last);
  return range != ranges.end() && range->first <= value;
}

int WidthOf(char32_t value) {
  if (Contains(kZero, value)) return 0;
  return Contains(kWide, value) ? 2 : 1;
}

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t smallest;  // what a sequence of this length may encode; less is an overlong form
};

Lead LeadOf(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xC2 && byte < 0xE0) return {2, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte < 0xF0) return {3, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte < 0xF5) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

CodePoint TakeCodePoint(std::string_view& text) {
  const Lead lead = LeadOf(static_cast<unsigned char>(text.front()));
  char32_t value = lead.bits;
  bool valid = lead.length > 0 && lead.length <= text.size();
  for (std::size_t index = 1; valid && index < lead.length; ++index) {
    const auto byte = static_cast<unsigned char>(text[index]);
    valid = (byte & 0xC0U) == 0x80U;
    value = value << 6U | (byte & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (!valid || value < lead.smallest || value > 0x10FFFF || surrogate) {
    value = kReplacement;
    valid = false;
  }
  const CodePoint taken{value, text.substr(0, valid ? lead.length : 1), WidthOf(value)};
  text.remove_prefix(taken.bytes.size());
  return taken;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = TakeCodePoint(text);
    if (next.value == kReplacement && next.bytes.size() == 1) return false;
  }
  return true;
}

}  // namespace homeward::client
