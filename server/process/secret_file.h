// A secret of 256 bits in a file that its owner alone can read.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "matcher/error.h"

namespace homeward {

using Secret = std::array<std::uint8_t, 32>;

// 64 hexadecimal digits, which is also how it stands in the file.
std::string ToHex(const Secret& secret);

// Makes the file (0600), durably, where there is none. Errors: kConfigInvalid (metadata `file`:
// another user owns, can read or can write it, it is no plain file, or does not hold a secret),
// kStoreUnavailable, kStoreFull.
Result<Secret> ReadOrCreateSecret(const std::filesystem::path& file);

}  // namespace homeward
