// What somebody may have meant by a name that does not exist.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace homeward {

// Insertions, deletions and replacements of single characters that make one of the other.
std::size_t EditDistance(std::string_view one, std::string_view other);

// The nearest of `names` (not empty), the first of several.
std::string NearestName(std::string_view name, std::span<const std::string> names);

}  // namespace homeward
