// Where a face is in its photo and how good it is, as the JSON document of a face's row.
#pragma once

#include <string>
#include <string_view>

#include "matcher/error.h"
#include "matcher/face.h"

namespace homeward {

// All but the template. Errors: kInternal for a number that is not finite.
Result<std::string> GeometryOf(const Face& face);
// The inverse. Errors: kStoreCorrupt.
Result<Face> ReadGeometry(std::string_view json);

}  // namespace homeward
