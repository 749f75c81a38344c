#include "server/process/secret_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "server/store/durable_file.h"

namespace homeward {
namespace {

constexpr std::size_t kHexDigits = 2 * Secret().size();

std::unexpected<Error> Refuse(const std::filesystem::path& file, std::string_view why) {
  return Fail(Reason::kConfigInvalid, fmt::format("{} {}.", file.string(), why),
              {{"file", file.string()}});
}

Result<Secret> Create(const std::filesystem::path& file) {
  if (sodium_init() < 0) return Fail(Reason::kInternal, "No source of chance is to be had.");
  Secret secret;
  randombytes_buf(secret.data(), secret.size());
  const std::string text = ToHex(secret) + "\n";
  const auto written =
      WriteDurably(file, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  if (!written) return std::unexpected(written.error());
  return secret;
}

Result<Secret> Parse(const std::filesystem::path& file, std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  Secret secret;
  std::size_t length = 0;
  if (text.size() != kHexDigits ||
      sodium_hex2bin(secret.data(), secret.size(), text.data(), text.size(), nullptr, &length,
                     nullptr) != 0 ||
      length != secret.size()) {
    return Refuse(file, "does not hold 64 hexadecimal digits; put the right file back");
  }
  return secret;
}

}  // namespace

std::string ToHex(const Secret& secret) {
  std::string text(kHexDigits + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), secret.data(), secret.size());
  text.pop_back();
  return text;
}

Result<Secret> ReadOrCreateSecret(const std::filesystem::path& file) {
  const FileDescriptor descriptor(
      open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!descriptor.is_open()) return errno == ENOENT ? Create(file) : FailedOn(file);
  struct stat status{};
  if (fstat(descriptor.number(), &status) != 0) return FailedOn(file);
  if (!S_ISREG(status.st_mode)) return Refuse(file, "is no plain file");
  if (status.st_uid != geteuid()) {
    return Refuse(file, "belongs to another user, who can read and change it");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Refuse(file, fmt::format("can be read or changed by other users; nobody but its owner "
                                    "may: chmod 600 {}",
                                    file.string()));
  }
  std::string text(2 * kHexDigits, '\0');
  const ssize_t length = read(descriptor.number(), text.data(), text.size());
  if (length < 0) return FailedOn(file);
  return Parse(file, std::string_view(text).substr(0, static_cast<std::size_t>(length)));
}

}  // namespace homeward
