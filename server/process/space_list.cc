#include "server/process/space_list.h"

namespace homeward {

std::vector<std::string> SpaceIds(std::string_view list) {
  constexpr std::string_view kBetween = ", \t";
  std::vector<std::string> ids;
  std::size_t begin = list.find_first_not_of(kBetween);
  while (begin != std::string_view::npos) {
    const std::size_t end = list.find_first_of(kBetween, begin);
    ids.emplace_back(list.substr(begin, end - begin));
    begin = list.find_first_not_of(kBetween, end);
  }
  return ids;
}

}  // namespace homeward
