// A file that is written whole or not at all, and that only its owner may read.
#pragma once

#include <filesystem>
#include <string>

#include "clients/cpp/client_error.h"

namespace homeward::client {

// Errors: kFileUnwritable with metadata `path` and `cause`; also for a file that is there already,
// unless `replace`.
ClientResult<void> WriteNewFile(const std::filesystem::path& path, const std::string& bytes,
                                bool replace);

}  // namespace homeward::client
