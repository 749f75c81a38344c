// What the program reads from and writes to, and what it may suppose about it.
#pragma once

#include <functional>
#include <istream>
#include <ostream>
#include <string>

namespace homeward::client {

struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  // Whether a person sits there. Nothing is ever asked where none does.
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int width = 80;  // columns of `out`
  // The environment; "" for what is not set.
  std::function<std::string(const std::string&)> variable = [](const std::string&) { return ""; };

  // Of this process. The width is COLUMNS where set, else that of the terminal, else 80.
  static Terminal OfProcess();
};

}  // namespace homeward::client
