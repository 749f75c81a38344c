#include "clients/cpp/token.h"

#include <cctype>
#include <cstdint>
#include <string_view>

#include "clients/cpp/file_bytes.h"

namespace homeward::client {
namespace {

constexpr std::uintmax_t kTokenByteLimit = 4096;

ClientError Unreadable(const std::filesystem::path& path, std::string cause) {
  return {grpc::StatusCode::UNAUTHENTICATED,
          std::string(kTokenUnreadable),
          path.string() + ": " + cause,
          {{"path", path.string()}, {"cause", cause}}};
}

// What may travel in a header: a line break would end it.
bool IsTokenCharacter(char character) {
  return std::isgraph(static_cast<unsigned char>(character));
}

}  // namespace

ClientResult<std::string> ReadToken(const std::filesystem::path& path) {
  const ClientResult<std::uintmax_t> size = FileSize(path);
  if (!size) return std::unexpected(Unreadable(path, size.error().metadata.at("cause")));
  if (*size > kTokenByteLimit) return std::unexpected(Unreadable(path, "not a token"));
  const ClientResult<std::string> bytes = ReadFile(path);
  if (!bytes) return std::unexpected(Unreadable(path, bytes.error().metadata.at("cause")));
  std::string token;
  for (const char character : *bytes) {
    if (IsTokenCharacter(character)) {
      token += character;
    } else if (!token.empty()) {
      break;
    }
  }
  if (token.empty()) return std::unexpected(Unreadable(path, "empty"));
  return token;
}

}  // namespace homeward::client
