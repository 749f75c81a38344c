#include "clients/screen/page.h"

namespace homeward::client {

std::string Page::Strong(std::string_view text) const {
  if (!bold) return std::string(text);
  return std::string("\033[1m").append(text).append("\033[0m");
}

}  // namespace homeward::client
