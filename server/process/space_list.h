// The value of models.spaces: ids of spaces in one line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace homeward {

// "a, b" is a and b. Blanks around an id and empty places are passed over.
std::vector<std::string> SpaceIds(std::string_view list);

}  // namespace homeward
