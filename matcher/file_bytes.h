// A whole file in memory.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace homeward {

// nullopt where it cannot be read to its end: not there, closed to us, a folder, or a failing disk.
std::optional<std::string> ReadFileBytes(const std::filesystem::path& file);

}  // namespace homeward
