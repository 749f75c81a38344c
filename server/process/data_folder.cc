#include "server/process/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace homeward {
namespace {

using std::filesystem::perms;

// A folder that was made for the purpose, and so is empty, is closed to others; one that holds
// something is left as it is and refused.
Result<void> Prepare(const std::filesystem::path& path) {
  std::error_code problem;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), problem);
  if (mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) return FailedOn(path);
  const auto status = std::filesystem::status(path, problem);
  if (problem || !std::filesystem::is_directory(status)) {
    return Fail(Reason::kConfigInvalid, fmt::format("{} is no folder.", path.string()),
                {{"data", path.string()}});
  }
  if ((status.permissions() & (perms::group_all | perms::others_all)) == perms::none) return {};
  if (std::filesystem::is_empty(path, problem) && !problem) {
    std::filesystem::permissions(path, perms::owner_all, problem);
    if (!problem) return {};
  }
  return Fail(Reason::kConfigInvalid,
              fmt::format("{} is open to other users, and nobody but its owner may enter the data "
                          "folder: chmod 700 {}",
                          path.string(), path.string()),
              {{"data", path.string()}});
}

Result<std::unique_ptr<FileDescriptor>> Lock(const std::filesystem::path& folder) {
  const auto file = folder / "lock";
  auto descriptor = std::make_unique<FileDescriptor>(
      open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!descriptor->is_open()) return FailedOn(file);
  if (flock(descriptor->number(), LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (errno != EWOULDBLOCK) return FailedOn(file);
  return Fail(Reason::kDataFolderInUse,
              fmt::format("The data folder {} is in use by another homewardd. Stop that one first, "
                          "or choose another folder with --data.",
                          folder.string()),
              {{"data", folder.string()}});
}

}  // namespace

Result<std::unique_ptr<DataFolder>> DataFolder::Open(const std::filesystem::path& path) {
  if (auto prepared = Prepare(path); !prepared) return std::unexpected(std::move(prepared).error());
  auto lock = Lock(path);
  if (!lock) return std::unexpected(std::move(lock).error());
  const auto token = ReadOrCreateSecret(path / "token");
  if (!token) return std::unexpected(token.error());
  const auto hash_key = ReadOrCreateSecret(path / "hash-key");
  if (!hash_key) return std::unexpected(hash_key.error());
  return std::unique_ptr<DataFolder>(new DataFolder(path, *std::move(lock), *token, *hash_key));
}

}  // namespace homeward
