#include "clients/screen/csv.h"

#include <string_view>

namespace homeward::client {
namespace {

std::string CsvCell(std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    cell = '\'';
  }
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char character : cell) {
    if (character == '"') quoted += '"';
    quoted += character;
  }
  return quoted + '"';
}

}  // namespace

void Sheet::AddRow(const std::map<std::string, std::string>& cells) {
  std::vector<std::string>& row = rows.emplace_back();
  for (const std::string& key : keys) {
    const auto cell = cells.find(key);
    row.push_back(cell == cells.end() ? "" : cell->second);
  }
}

std::string CsvLine(std::span<const std::string> cells) {
  std::string line;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    if (index > 0) line += ',';
    line += CsvCell(cells[index]);
  }
  return line + "\r\n";
}

}  // namespace homeward::client
