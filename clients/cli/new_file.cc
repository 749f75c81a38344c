#include "clients/cli/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "clients/cpp/request_id.h"

namespace homeward::client {
namespace {

std::unexpected<ClientError> Unwritable(const std::filesystem::path& path, int cause) {
  const std::string words = std::generic_category().message(cause);
  return std::unexpected(ClientError{grpc::StatusCode::UNKNOWN,
                                     std::string(kFileUnwritable),
                                     path.string() + ": " + words,
                                     {{"path", path.string()}, {"cause", words}}});
}

bool WriteAll(int file, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = write(file, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) done += static_cast<std::size_t>(count);
  }
  return true;
}

// Returns errno, or 0. File systems without RENAME_NOREPLACE (NFS) have links, and those without
// links (FAT) have it.
int Rename(const std::string& from, const std::string& to, bool replace) {
  const unsigned int flags = replace ? 0 : RENAME_NOREPLACE;
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0) return 0;
  if (replace || errno != EINVAL) return errno;
  return link(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

ClientResult<void> WriteNewFile(const std::filesystem::path& path, const std::string& bytes,
                                bool replace) {
  const std::string partial = path.string() + "." + NewRequestId() + ".partial";
  const int file =
      open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return Unwritable(path, errno);
  const bool written = WriteAll(file, bytes);
  const int write_error = errno;
  const bool closed = close(file) == 0;
  int error = !written ? write_error : !closed ? errno : 0;
  if (error == 0) {
    error = Rename(partial, path, replace);
  }
  unlink(partial.c_str());
  if (error != 0) return Unwritable(path, error);
  return {};
}

}  // namespace homeward::client
