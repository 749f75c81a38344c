#include "server/evaluate/svg_rows.h"

#include <fmt/format.h>

#include <iterator>

#include "server/evaluate/html_text.h"

namespace homeward {
namespace {

constexpr double kWidth = 360;  // as of a plot
constexpr double kLeft = 14;
constexpr double kRight = kWidth - 22;
constexpr double kRowHeight = 38;
constexpr double kAxisHeight = 44;
constexpr std::size_t kNameColumns = 26;  // what fits before the value

double AtX(const SvgRows& rows, double value) {
  return kLeft + (kRight - kLeft) * rows.axis.PositionOf(value);
}

// The beginning of a name; letters of three bytes and more are as wide as two.
std::string Shortened(const std::string& name) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if ((byte & 0xC0) == 0x80) continue;  // within a letter
    columns += byte >= 0xE0 ? 2 : 1;
    if (columns > kNameColumns) return name.substr(0, i) + "…";
  }
  return name;
}

void AppendRow(std::string& svg, const SvgRows& rows, const SvgRow& row, double top) {
  const auto out = std::back_inserter(svg);
  const double middle = top + 25;
  fmt::format_to(out,
                 "<text x=\"2\" y=\"{0:.1f}\">{1}</text>"
                 "<text x=\"{2}\" y=\"{0:.1f}\" text-anchor=\"end\">{3}</text>\n",
                 top + 13, HtmlText(Shortened(row.name)), kWidth - 2, HtmlText(row.value_text));
  if (row.interval) {
    fmt::format_to(out, "<path class=\"bar s0\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>",
                   AtX(rows, row.interval->low), middle, AtX(rows, row.interval->high));
  }
  fmt::format_to(out, "<circle class=\"mark s0\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\"/>\n",
                 AtX(rows, row.value), middle);
}

}  // namespace

std::string DrawRows(const SvgRows& rows) {
  const double bottom = kRowHeight * static_cast<double>(rows.rows.size()) + 4;
  std::string svg = fmt::format(
      "<svg class=\"plot\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-title\" "
      "aria-describedby=\"{}-text\">\n",
      kWidth, bottom + kAxisHeight, rows.id, rows.id);
  const auto out = std::back_inserter(svg);
  for (const double tick : rows.axis.ticks) {
    fmt::format_to(out,
                   "<path class=\"grid\" d=\"M{0:.1f} 0V{1}\"/>"
                   "<text x=\"{0:.1f}\" y=\"{2}\" text-anchor=\"middle\">{3}</text>\n",
                   AtX(rows, tick), bottom, bottom + 16, rows.axis.TickText(tick));
  }
  if (rows.guide) {
    fmt::format_to(out, "<path class=\"guide s1\" d=\"M{:.1f} 0V{}\"/>\n", AtX(rows, *rows.guide),
                   bottom);
  }
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    AppendRow(svg, rows, rows.rows[i], kRowHeight * static_cast<double>(i));
  }
  fmt::format_to(out, "<text class=\"axis\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{} →</text>\n",
                 kRight, bottom + 36, HtmlText(rows.axis.label));
  return svg + "</svg>\n";
}

}  // namespace homeward
