#include "server/store/photo_vault.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include <cerrno>
#include <optional>
#include <unordered_set>

#include "server/store/durable_file.h"

namespace homeward {
namespace {

using Bytes = std::vector<std::uint8_t>;

// Nothing where there is no such file.
Result<std::optional<Bytes>> ReadAllBytes(const std::filesystem::path& file) {
  const FileDescriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!opened.is_open() && errno == ENOENT) return std::nullopt;
  struct stat status{};
  if (!opened.is_open() || fstat(opened.number(), &status) != 0) return FailedOn(file);
  Bytes bytes(static_cast<std::size_t>(status.st_size));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t size = read(opened.number(), bytes.data() + done, bytes.size() - done);
    if (size == 0) break;  // cut short since: the digest will tell
    if (size < 0 && errno != EINTR) return FailedOn(file);
    if (size > 0) done += static_cast<std::size_t>(size);
  }
  bytes.resize(done);
  return bytes;
}

Result<std::vector<std::filesystem::path>> ListFiles(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure);
  for (; !failure && entry != std::filesystem::end(entry); entry.increment(failure)) {
    files.push_back(entry->path());
  }
  if (!failure) return files;
  errno = failure.value();
  return FailedOn(folder);
}

std::unexpected<Error> Damaged(const PhotoId& id, const char* message) {
  return Fail(Reason::kStoreCorrupt, message, {{"photo", id.ToString()}});
}

}  // namespace

Sha256 Sha256Of(std::span<const std::uint8_t> bytes) {
  Sha256 digest;
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  return digest;
}

PhotoVault::PhotoVault(std::filesystem::path folder) : folder_(std::move(folder)) {}

Result<std::unique_ptr<PhotoVault>> PhotoVault::Open(const std::filesystem::path& folder) {
  if (mkdir(folder.c_str(), 0700) == 0) {
    if (auto ok = SyncFolder(folder.parent_path()); !ok) return std::unexpected(ok.error());
  } else if (errno != EEXIST) {
    return FailedOn(folder);
  }
  if (auto ok = SyncFolder(folder); !ok) return std::unexpected(ok.error());
  return std::unique_ptr<PhotoVault>(new PhotoVault(folder));
}

std::filesystem::path PhotoVault::PathOf(const PhotoId& id) const {
  return folder_ / id.ToString();
}

Result<void> PhotoVault::Put(const PhotoId& id, std::span<const std::uint8_t> bytes) {
  return WriteDurably(PathOf(id), bytes);
}

Result<std::vector<std::uint8_t>> PhotoVault::Get(const PhotoId& id, const Sha256& sha256) const {
  auto bytes = ReadAllBytes(PathOf(id));
  if (!bytes) return std::unexpected(bytes.error());
  if (!*bytes) return Damaged(id, "The bytes of a stored photo are gone.");
  if (Sha256Of(**bytes) != sha256) return Damaged(id, "The bytes of a stored photo were changed.");
  return **std::move(bytes);
}

Result<void> PhotoVault::Remove(const PhotoId& id) {
  const std::filesystem::path file = PathOf(id);
  if (unlink(file.c_str()) != 0 && errno != ENOENT) return FailedOn(file);
  return SyncFolder(folder_);
}

Result<std::size_t> PhotoVault::Sweep(const std::vector<PhotoId>& known) {
  const std::unordered_set<PhotoId> kept(known.begin(), known.end());
  const auto files = ListFiles(folder_);
  if (!files) return std::unexpected(files.error());
  std::size_t removed = 0;
  for (const std::filesystem::path& file : *files) {
    const auto id = PhotoId::Parse(file.filename().string());
    if (id && kept.contains(*id)) continue;
    if (unlink(file.c_str()) != 0) return FailedOn(file);
    ++removed;
  }
  if (auto ok = SyncFolder(folder_); !ok) return std::unexpected(ok.error());
  return removed;
}

}  // namespace homeward
