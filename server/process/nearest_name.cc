#include "server/process/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace homeward {

std::size_t EditDistance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t replaced = diagonal + (one[i] == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string NearestName(std::string_view name, std::span<const std::string> names) {
  return *std::ranges::min_element(
      names, {}, [name](const std::string& candidate) { return EditDistance(name, candidate); });
}

}  // namespace homeward
