// The bytes of a regular file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "clients/cpp/client_error.h"

namespace homeward::client {

// kFileUnreadable with metadata `path` and `cause`, in the system's words.
ClientError FileUnreadable(const std::filesystem::path& path, std::error_code cause);

// Size of a regular file. Errors: kFileUnreadable, also for a folder, pipe or device.
ClientResult<std::uintmax_t> FileSize(const std::filesystem::path& path);

// The whole file, however large: ask FileSize first. Errors: kFileUnreadable.
ClientResult<std::string> ReadFile(const std::filesystem::path& path);

}  // namespace homeward::client
