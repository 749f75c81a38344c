#include "server/records/page_token.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>

namespace homeward {
namespace {

constexpr std::size_t kSealBytes = 16;
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

// The method's length comes first, so that no other method and arguments read the same.
std::string Seal(const HashKey& key, const ListIdentity& list, std::string_view position) {
  const Sha256 hash =
      KeyedHash(key, fmt::format("page-token {} {} {} {}{}", list.method.size(), position.size(),
                                 list.method, position, list.arguments));
  return {hash.begin(), hash.begin() + kSealBytes};
}

std::string Encode(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // the terminator
  return text;
}

std::optional<std::string> Decode(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, kVariant) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

std::unexpected<Error> Refused() {
  return Fail(Reason::kPageTokenInvalid,
              "The page token was not given for this list with this filter; ask for the first page "
              "again.");
}

}  // namespace

std::string SealPageToken(const HashKey& key, const ListIdentity& list, std::string_view position) {
  return Encode(Seal(key, list, position) + std::string(position));
}

Result<std::optional<std::string>> OpenPageToken(const HashKey& key, const ListIdentity& list,
                                                 std::string_view token) {
  if (token.empty()) return std::nullopt;
  const auto bytes = Decode(token);
  if (!bytes || bytes->size() < kSealBytes) return Refused();
  const std::string position = bytes->substr(kSealBytes);
  if (sodium_memcmp(bytes->data(), Seal(key, list, position).data(), kSealBytes) != 0) {
    return Refused();
  }
  return position;
}

std::string SealPageNumber(const HashKey& key, const ListIdentity& list, std::int64_t number) {
  return SealPageToken(key, list, fmt::format("{}", number));
}

Result<std::int64_t> OpenPageNumber(const HashKey& key, const ListIdentity& list,
                                    std::string_view token) {
  const auto position = OpenPageToken(key, list, token);
  if (!position) return std::unexpected(position.error());
  if (!*position) return 0;
  std::int64_t number = 0;
  const char* const end = (*position)->data() + (*position)->size();
  const auto parsed = std::from_chars((*position)->data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return Refused();
  return number;
}

Result<int> PageSize(int asked) {
  constexpr int kUsual = 50;
  constexpr int kMost = 500;
  if (asked < 0) {
    return Fail(Reason::kFieldInvalid, "page_size must not be negative.", {{"field", "page_size"}});
  }
  return asked == 0 ? kUsual : std::min(asked, kMost);
}

}  // namespace homeward
