#include "server/records/served_spaces.h"

namespace homeward {

Result<std::vector<ServedSpace>> ListServedSpaces(const Casebook& book) {
  const OperatingPoint in_force = book.operating_point();
  std::vector<ServedSpace> served;
  for (const Space& space : book.analyzers().spaces()) {
    const auto fill = book.store().CountFilled(space.id);
    if (!fill) return std::unexpected(fill.error());
    served.push_back({space, *fill, space.id == in_force.space_id});
  }
  return served;
}

}  // namespace homeward
