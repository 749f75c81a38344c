#include "server/records/served_spaces.h"

#include <algorithm>

#include "server/records/person_search.h"

namespace homeward {

Result<std::vector<ServedSpace>> ListServedSpaces(const Casebook& book) {
  const auto in_force = SpaceIdsOf(book, book.operating_point().space_id);
  std::vector<ServedSpace> served;
  for (const Space& space : book.analyzers().spaces()) {
    const auto fill = book.store().CountFilled(space.id);
    if (!fill) return std::unexpected(fill.error());
    served.push_back({space, *fill, std::ranges::find(in_force, space.id) != in_force.end()});
  }
  return served;
}

}  // namespace homeward
