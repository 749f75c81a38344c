// A table for people. Where the page is too narrow for columns, each row becomes a card of labelled
// lines, so that no name is ever cut that somebody has to copy.
#pragma once

#include <string>
#include <vector>

namespace homeward::client {

struct TableColumn {
  std::string header;
  // The column may be cut down to so many columns of the terminal; 0: never cut.
  int narrowest = 0;
  bool right = false;  // numbers
};

struct Table {
  std::vector<TableColumn> columns;
  std::vector<std::vector<std::string>> rows;  // a cell for each column; printable
};

// In at most `width` columns, except for words that are longer than a card's line.
std::string TableText(const Table& table, int width);

}  // namespace homeward::client
