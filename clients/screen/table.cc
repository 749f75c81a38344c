#include "clients/screen/table.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

constexpr int kGap = 2;

std::vector<int> NaturalWidths(const Table& table) {
  std::vector<int> widths;
  for (const TableColumn& column : table.columns) widths.push_back(Width(column.header));
  for (const std::vector<std::string>& row : table.rows) {
    for (std::size_t index = 0; index < row.size(); ++index) {
      widths[index] = std::max(widths[index], Width(row[index]));
    }
  }
  return widths;
}

int Total(const std::vector<int>& widths) {
  return std::accumulate(widths.begin(), widths.end(),
                         kGap * (static_cast<int>(widths.size()) - 1));
}

// Widths that fit, taking from the widest column that may be cut; nullopt where none fit.
std::optional<std::vector<int>> FittingWidths(const Table& table, int width) {
  std::vector<int> widths = NaturalWidths(table);
  while (Total(widths) > width) {
    int* widest = nullptr;
    for (std::size_t index = 0; index < widths.size(); ++index) {
      const int narrowest = table.columns[index].narrowest;
      if (narrowest == 0 || widths[index] <= narrowest) continue;
      if (widest == nullptr || widths[index] > *widest) widest = &widths[index];
    }
    if (widest == nullptr) return std::nullopt;
    --*widest;
  }
  return widths;
}

std::string RowText(const Table& table, const std::vector<std::string>& cells,
                    const std::vector<int>& widths) {
  std::string line;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    if (index > 0) line.append(kGap, ' ');
    const std::string cell = Truncate(cells[index], widths[index]);
    line += table.columns[index].right ? PadLeft(cell, widths[index]) : Pad(cell, widths[index]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string CardText(const Table& table, const std::vector<std::string>& cells, int width) {
  int label = 0;
  for (const TableColumn& column : table.columns) label = std::max(label, Width(column.header));
  std::string card;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    if (cells[index].empty()) continue;
    const std::string& header = table.columns[index].header;
    // Beside its label, or below it where it would be broken there.
    if (label + kGap + Width(cells[index]) <= width) {
      card += Pad(header, label + kGap) + cells[index] + "\n";
    } else {
      card += header + "\n" + WrapAfter("", kGap, cells[index], width);
    }
  }
  return card;
}

}  // namespace

std::string TableText(const Table& table, int width) {
  std::string text;
  const std::optional<std::vector<int>> widths = FittingWidths(table, width);
  if (widths) {
    std::vector<std::string> headers;
    for (const TableColumn& column : table.columns) headers.push_back(column.header);
    text = RowText(table, headers, *widths);
  }
  for (const std::vector<std::string>& row : table.rows) {
    if (widths) {
      text += RowText(table, row, *widths);
    } else {
      text += (text.empty() ? "" : "\n") + CardText(table, row, width);
    }
  }
  return text;
}

}  // namespace homeward::client
