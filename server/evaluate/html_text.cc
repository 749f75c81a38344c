#include "server/evaluate/html_text.h"

#include <cstddef>
#include <cstdint>

namespace homeward {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// The length of the well-formed character at the beginning, 0 where there is none. Overlong forms,
// surrogates, noncharacters that XML forbids and what lies beyond Unicode are none.
std::size_t CharacterLength(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::size_t length = byte(0) < 0x80   ? 1
                             : byte(0) < 0xC2 ? 0
                             : byte(0) < 0xE0 ? 2
                             : byte(0) < 0xF0 ? 3
                             : byte(0) < 0xF5 ? 4
                                              : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if (length == 3) {
    const int code = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (code < 0x800 || (code >= 0xD800 && code < 0xE000) || code >= 0xFFFE) return 0;
  }
  if (byte(0) == 0xF0 && byte(1) < 0x90) return 0;
  if (byte(0) == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

std::string_view Escaped(char letter) {
  switch (letter) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

bool IsControl(char letter) {
  const auto code = static_cast<std::uint8_t>(letter);
  return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code == 0x7F;
}

void AppendRow(std::string& html, const std::vector<std::string>& cells) {
  html += "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    html += i == 0 ? "<th scope=\"row\">" : "<td>";
    html += HtmlText(cells[i]);
    html += i == 0 ? "</th>" : "</td>";
  }
  html += "</tr>\n";
}

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string html;
  while (!text.empty()) {
    const std::size_t length = CharacterLength(text);
    const std::string_view escaped = Escaped(text.front());
    if (!escaped.empty()) {
      html += escaped;
    } else if (length == 0 || IsControl(text.front())) {
      html += kReplacement;
    } else {
      html += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return html;
}

std::string HtmlTable(const std::vector<std::string>& head,
                      const std::vector<std::vector<std::string>>& rows) {
  std::string html = "<div class=\"table\"><table>\n";
  if (!head.empty()) {
    html += "<thead><tr>";
    for (const std::string& cell : head) html += "<th scope=\"col\">" + HtmlText(cell) + "</th>";
    html += "</tr></thead>\n";
  }
  html += "<tbody>\n";
  for (const auto& row : rows) AppendRow(html, row);
  return html + "</tbody></table></div>\n";
}

}  // namespace homeward
