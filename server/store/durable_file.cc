#include "server/store/durable_file.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace homeward {
namespace {

Result<void> WriteAndSync(const std::filesystem::path& file, std::span<const std::uint8_t> bytes) {
  const FileDescriptor written(
      open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!written.is_open()) return FailedOn(file);
  while (!bytes.empty()) {
    const ssize_t size = write(written.number(), bytes.data(), bytes.size());
    if (size < 0 && errno != EINTR) return FailedOn(file);
    if (size > 0) bytes = bytes.subspan(static_cast<std::size_t>(size));
  }
  if (fsync(written.number()) != 0) return FailedOn(file);
  return {};
}

}  // namespace

std::unexpected<Error> FailedOn(const std::filesystem::path& path) {
  const int os_error = errno;
  const bool full = os_error == ENOSPC || os_error == EDQUOT;
  return Fail(full ? Reason::kStoreFull : Reason::kStoreUnavailable,
              path.string() + ": " + std::generic_category().message(os_error),
              {{"path", path.string()}});
}

Result<void> SyncFolder(const std::filesystem::path& folder) {
  const char* path = folder.empty() ? "." : folder.c_str();
  const FileDescriptor opened(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() || fsync(opened.number()) != 0) return FailedOn(folder);
  return {};
}

Result<void> WriteDurably(const std::filesystem::path& file, std::span<const std::uint8_t> bytes) {
  std::filesystem::path temporary = file;
  temporary += ".tmp";
  auto done = WriteAndSync(temporary, bytes);
  if (done && std::rename(temporary.c_str(), file.c_str()) != 0) done = FailedOn(file);
  if (!done) {
    unlink(temporary.c_str());
    return done;
  }
  return SyncFolder(file.parent_path());
}

}  // namespace homeward
