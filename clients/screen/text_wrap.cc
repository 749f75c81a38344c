#include <algorithm>

#include "clients/screen/code_point.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

// Punctuation that stays with what is before it.
bool Closes(char32_t value) {
  static constexpr std::u32string_view kClosing = U"，。；：、！？）》」』”’…·,.;:!?)]}";
  return kClosing.find(value) != std::u32string_view::npos;
}

// Punctuation that stays with what is after it.
bool Opens(char32_t value) {
  static constexpr std::u32string_view kOpening = U"（《「『“‘([{";
  return kOpening.find(value) != std::u32string_view::npos;
}

// Takes what must stay in one line from the front of `rest`: blanks, then a word or one CJK
// character with the punctuation that belongs to it.
std::string_view TakeUnit(std::string_view& rest) {
  const std::string_view text = rest;
  CodePoint last;
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  bool first = true;
  while (!rest.empty()) {
    std::string_view after = rest;
    const CodePoint next = TakeCodePoint(after);
    const bool joins = first || Closes(next.value) || Opens(last.value) || next.width == 0 ||
                       (last.width < 2 && next.width < 2);
    if (next.value == ' ' || !joins) break;
    rest = after;
    last = next;
    first = false;
  }
  return text.substr(0, text.size() - rest.size());
}

std::string_view WithoutBlanks(std::string_view unit) {
  return unit.substr(std::min(unit.find_first_not_of(' '), unit.size()));
}

void WrapLine(std::string_view text, int width, std::vector<std::string>& lines) {
  std::string line;
  while (!text.empty()) {
    std::string_view unit = TakeUnit(text);
    if (!line.empty() && Width(line) + Width(unit) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (line.empty() && !lines.empty()) unit = WithoutBlanks(unit);
    while (Width(unit) > width) {  // longer than a line: broken anywhere
      lines.emplace_back(Beginning(unit, width));
      unit.remove_prefix(lines.back().size());
    }
    line.append(unit);
  }
  lines.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> Wrap(std::string_view text, int width) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::vector<std::string> paragraph;
    WrapLine(text.substr(0, end), std::max(width, 2), paragraph);
    lines.insert(lines.end(), std::make_move_iterator(paragraph.begin()),
                 std::make_move_iterator(paragraph.end()));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string WrapAfter(std::string_view first, int indent, std::string_view text, int width) {
  std::string wrapped;
  for (const std::string& line : Wrap(text, width - indent)) {
    wrapped +=
        wrapped.empty() ? Pad(first, indent) : std::string(static_cast<std::size_t>(indent), ' ');
    wrapped += line;
    wrapped += '\n';
  }
  return wrapped;
}

}  // namespace homeward::client
