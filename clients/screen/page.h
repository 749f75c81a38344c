// What people read on: a language, a width, and whether letters may be bold.
#pragma once

#include <string>
#include <string_view>

#include "clients/catalogue/catalogue.h"

namespace homeward::client {

// Narrower than this, lines are left to the terminal to break.
inline constexpr int kNarrowestPage = 40;
// Wider lines are hard to read.
inline constexpr int kWidestPage = 100;

struct Page {
  Catalogue catalogue;
  int width = 80;  // columns
  bool bold = false;

  std::string Say(Message message, const Values& values = {}) const {
    return catalogue.Say(message, values);
  }
  // `text` made to stand out where that is possible. Takes no column.
  std::string Strong(std::string_view text) const;
};

}  // namespace homeward::client
