// Text as a terminal shows it: CJK characters take two columns. Texts are UTF-8; widths are
// columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace homeward::client {

// The columns that `text` takes.
int Width(std::string_view text);

// `text` as it may be shown: whatever could steer a terminal, and whatever is no UTF-8, becomes
// U+FFFD. Names and places come from strangers.
std::string Printable(std::string_view text);

// The longest beginning of `text` that takes at most `width` columns.
std::string_view Beginning(std::string_view text, int width);

// `text` in at most `width` columns: cut at the end, with an ellipsis in place of what is missing.
std::string Truncate(std::string_view text, int width);

// The same, cut in the middle: both ends of a file's path tell it apart.
std::string TruncateMiddle(std::string_view text, int width);

// `text` filled up with blanks on the right.
std::string Pad(std::string_view text, int width);

// The same, on the left.
std::string PadLeft(std::string_view text, int width);

// `text` in lines of at most `width` columns, broken at blanks and between CJK characters, where
// none begins with closing punctuation. A longer word is broken anywhere. Every '\n' ends a line.
std::vector<std::string> Wrap(std::string_view text, int width);

// The lines of Wrap, each with a line break, the first after `first` and the rest after `indent`
// blanks. `width` includes them.
std::string WrapAfter(std::string_view first, int indent, std::string_view text, int width);

}  // namespace homeward::client
