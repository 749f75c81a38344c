// Random 128-bit identities. They carry no meaning and no personal data, and are never reused.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace homeward {

// 26 characters of Crockford's base32 in lower case, as used in resource names.
std::string EncodeId(const std::array<std::uint8_t, 16>& bytes);
// The inverse; nullopt unless `text` is exactly what EncodeId would write.
std::optional<std::array<std::uint8_t, 16>> DecodeId(std::string_view text);

// `Tag` keeps ids of different things from being mixed up.
template <class Tag>
struct Id {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const Id&, const Id&) = default;
  std::string ToString() const { return EncodeId(bytes); }
  static std::optional<Id> Parse(std::string_view text) {
    const auto decoded = DecodeId(text);
    if (!decoded) return std::nullopt;
    return Id{*decoded};
  }
};

using RecordId = Id<struct RecordTag>;
using PhotoId = Id<struct PhotoTag>;
using FaceId = Id<struct FaceTag>;
using SearchId = Id<struct SearchTag>;

}  // namespace homeward

template <class Tag>
struct std::hash<homeward::Id<Tag>> {
  // The bytes are random, so any eight of them are a good hash.
  std::size_t operator()(const homeward::Id<Tag>& id) const noexcept {
    std::uint64_t head;
    std::memcpy(&head, id.bytes.data(), sizeof head);
    return static_cast<std::size_t>(head);
  }
};
