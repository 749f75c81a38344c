// What a request names. A name that is not well formed names nothing.
#pragma once

#include <string>

#include "matcher/error.h"
#include "server/records/resource_name.h"

namespace homeward {

Result<RecordId> RecordNamed(const std::string& name);  // errors: kRecordNotFound
Result<PhotoName> PhotoNamed(const std::string& name);  // errors: kPhotoNotFound
Result<SearchId> SearchNamed(const std::string& name);  // errors: kSearchNotFound
// Its own name. Errors: kOperatingPointNotFound.
Result<std::string> OperatingPointNamed(const std::string& name);

}  // namespace homeward
