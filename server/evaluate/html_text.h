// Text from elsewhere, made harmless for a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace homeward {

// As text or as the value of an attribute in double quotes, of HTML and of XML: nothing in it is
// markup, and what neither allows (control characters, broken UTF-8) becomes U+FFFD.
std::string HtmlText(std::string_view text);

// A table whose first row, where `head` is not empty, and first column are headings. Cells are
// texts, not markup.
std::string HtmlTable(const std::vector<std::string>& head,
                      const std::vector<std::vector<std::string>>& rows);

}  // namespace homeward
