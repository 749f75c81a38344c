#include "server/records/region_code.h"

#include <algorithm>

namespace homeward {

bool IsRegionCode(std::string_view code) {
  if (code.size() != 6 && code.size() != 9 && code.size() != 12) return false;
  if (!std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; })) return false;
  return code.front() != '0' || code.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace homeward
