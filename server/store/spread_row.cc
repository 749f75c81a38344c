#include "server/store/spread_row.h"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace homeward {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers would have to be swapped");

constexpr char kPurpose[] = "homeward file of spreads";

std::array<std::uint8_t, 16> SealOf(const SpreadKey& key, std::uint64_t place, SpreadRow row) {
  row.seal = {};
  std::memcpy(row.seal.data(), &place, sizeof place);
  std::array<std::uint8_t, kSpreadRowBytes> bytes;
  std::memcpy(bytes.data(), &row, sizeof row);
  return key.Seal(bytes);
}

bool IsNobody(const SpreadRow& row) {
  static constexpr std::array<std::uint8_t, kSpreadRowBytes> kZeros{};
  return std::memcmp(&row, kZeros.data(), sizeof row) == 0;
}

}  // namespace

SpreadKey::SpreadKey(const std::array<std::uint8_t, 32>& secret, const FileId& file) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, secret.data(), secret.size(), key_.size());
  crypto_generichash_update(&state, reinterpret_cast<const std::uint8_t*>(kPurpose),
                            sizeof kPurpose);
  crypto_generichash_update(&state, file.data(), file.size());
  crypto_generichash_final(&state, key_.data(), key_.size());
}

std::array<std::uint8_t, 16> SpreadKey::Seal(std::span<const std::uint8_t> bytes) const {
  std::array<std::uint8_t, 16> seal;
  static_assert(seal.size() == crypto_shorthash_siphashx24_BYTES);
  crypto_shorthash_siphashx24(seal.data(), bytes.data(), bytes.size(), key_.data());
  return seal;
}

std::uint64_t SpreadKey::Fingerprint(ChangeNumber record, std::span<const float> vector) const {
  std::array<std::uint8_t, sizeof record + crypto_shorthash_BYTES> bytes;
  std::memcpy(bytes.data(), &record, sizeof record);
  crypto_shorthash(bytes.data() + sizeof record,
                   reinterpret_cast<const std::uint8_t*>(vector.data()), vector.size_bytes(),
                   key_.data());
  std::array<std::uint8_t, crypto_shorthash_BYTES> fingerprint;
  crypto_shorthash(fingerprint.data(), bytes.data(), bytes.size(), key_.data());
  return std::bit_cast<std::uint64_t>(fingerprint);
}

void SpreadKey::SealRow(std::uint64_t place, SpreadRow& row) const {
  row.seal = SealOf(*this, place, row);
}

bool SpreadKey::IsSound(std::uint64_t place, std::uint64_t count, const SpreadRow& row) const {
  if (IsNobody(row)) return true;
  if (row.seal != SealOf(*this, place, row)) return false;
  // What follows is true of whatever this program sealed.
  return (row.state == SpreadRow::State::kListLost || row.state == SpreadRow::State::kListKnown) &&
         row.count <= row.others.size() &&
         std::all_of(row.others.begin(), row.others.begin() + row.count,
                     [&](std::uint32_t other) { return other < count; });
}

}  // namespace homeward
