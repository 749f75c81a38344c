// HMAC-SHA-256 under the data folder's key: tells equal content again without keeping it, and
// nobody without the key can try contents out.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "server/records/photo_entry.h"

namespace homeward {

using HashKey = std::array<std::uint8_t, 32>;

// Thread safe.
Sha256 KeyedHash(const HashKey& key, std::span<const std::uint8_t> bytes);
Sha256 KeyedHash(const HashKey& key, std::string_view text);

}  // namespace homeward
