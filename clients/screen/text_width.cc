#include "clients/screen/text_width.h"

#include <algorithm>

#include "clients/screen/code_point.h"

namespace homeward::client {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Control characters, and those that turn the direction of writing.
bool SteersTerminal(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value <= 0x9F) || (value >= 0x202A && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069) || value == 0x2028 || value == 0x2029 ||
         value == 0xFFFD;
}

// The longest end of `text` in at most `width` columns.
std::string_view End(std::string_view text, int width) {
  while (Width(text) > width) TakeCodePoint(text);
  return text;
}

std::string Blanks(int count) {
  return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

}  // namespace

int Width(std::string_view text) {
  int width = 0;
  while (!text.empty()) width += TakeCodePoint(text).width;
  return width;
}

std::string_view Beginning(std::string_view text, int width) {
  std::string_view rest = text;
  int used = 0;
  while (!rest.empty()) {
    std::string_view next = rest;
    used += TakeCodePoint(next).width;
    if (used > width) break;
    rest = next;
  }
  return text.substr(0, text.size() - rest.size());
}

std::string Printable(std::string_view text) {
  std::string printable;
  while (!text.empty()) {
    const CodePoint next = TakeCodePoint(text);
    printable.append(SteersTerminal(next.value) ? kReplacement : next.bytes);
  }
  return printable;
}

std::string Truncate(std::string_view text, int width) {
  if (Width(text) <= width) return std::string(text);
  if (width < 1) return "";
  return std::string(Beginning(text, width - 1)).append(kEllipsis);
}

std::string TruncateMiddle(std::string_view text, int width) {
  if (Width(text) <= width) return std::string(text);
  if (width < 1) return "";
  const int end = (width - 1) * 2 / 3;
  return std::string(Beginning(text, width - 1 - end)).append(kEllipsis).append(End(text, end));
}

std::string Pad(std::string_view text, int width) {
  return std::string(text) + Blanks(width - Width(text));
}

std::string PadLeft(std::string_view text, int width) {
  return Blanks(width - Width(text)).append(text);
}

}  // namespace homeward::client
