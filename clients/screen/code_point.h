// Text taken apart into Unicode code points.
#pragma once

#include <string_view>

namespace homeward::client {

struct CodePoint {
  char32_t value = 0;
  std::string_view bytes;  // in the text it was taken from
  int width = 1;           // columns on a terminal: 0, 1 or 2
};

// Takes the first code point of a text that is not empty. A byte that begins no UTF-8 sequence is
// U+FFFD of one column.
CodePoint TakeCodePoint(std::string_view& text);

bool IsUtf8(std::string_view text);

}  // namespace homeward::client
