// The spaces that templates are made in.
#pragma once

#include <vector>

#include "server/records/casebook.h"
#include "server/store/store.h"

namespace homeward {

struct ServedSpace {
  Space space;
  SpaceFill fill;
  bool is_active = false;  // faces are compared in it
};

// The leading one first. Errors: those of the store.
Result<std::vector<ServedSpace>> ListServedSpaces(const Casebook& book);

}  // namespace homeward
