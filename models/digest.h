// SHA-256, as manifests write it.
#pragma once

#include <span>
#include <string>

namespace homeward {

// 64 lower-case hexadecimal digits. Thread safe.
std::string Sha256Hex(std::span<const char> bytes);

}  // namespace homeward
