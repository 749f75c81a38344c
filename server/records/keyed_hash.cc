#include "server/records/keyed_hash.h"

#include <sodium.h>

namespace homeward {

static_assert(crypto_auth_hmacsha256_KEYBYTES == std::tuple_size_v<HashKey>);
static_assert(crypto_auth_hmacsha256_BYTES == std::tuple_size_v<Sha256>);

Sha256 KeyedHash(const HashKey& key, std::span<const std::uint8_t> bytes) {
  Sha256 hash;
  crypto_auth_hmacsha256(hash.data(), bytes.data(), bytes.size(), key.data());
  return hash;
}

Sha256 KeyedHash(const HashKey& key, std::string_view text) {
  return KeyedHash(key, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

}  // namespace homeward
