// The caller's token, which proves to the service who calls. It comes from a file and never from an
// argument, where other users of the machine could read it.
#pragma once

#include <filesystem>
#include <string>

#include "clients/cpp/client_error.h"

namespace homeward::client {

// The first line of the file without surrounding blanks.
// Errors: kTokenUnreadable with metadata `path` and `cause`, also for an empty or oversized file.
ClientResult<std::string> ReadToken(const std::filesystem::path& path);

}  // namespace homeward::client
