// Comma-separated values by RFC 4180, in UTF-8.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

namespace homeward::client {

// What a result is as rows for a spreadsheet. Keys are stable; new ones are added at the end.
struct Sheet {
  std::vector<std::string> keys;
  std::vector<std::vector<std::string>> rows;  // a cell for each key

  // A row of these cells, by key; the others stay empty.
  void AddRow(const std::map<std::string, std::string>& cells);
};

// One line with its line break. A cell that a spreadsheet would take for a formula gets an
// apostrophe in front: names come from strangers.
std::string CsvLine(std::span<const std::string> cells);

}  // namespace homeward::client
