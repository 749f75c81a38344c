#include "clients/cpp/file_bytes.h"

#include <array>
#include <cerrno>
#include <fstream>

namespace homeward::client {

ClientError FileUnreadable(const std::filesystem::path& path, std::error_code cause) {
  return {grpc::StatusCode::UNKNOWN,
          std::string(kFileUnreadable),
          path.string() + ": " + cause.message(),
          {{"path", path.string()}, {"cause", cause.message()}}};
}

ClientResult<std::uintmax_t> FileSize(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (error) return std::unexpected(FileUnreadable(path, error));
  if (std::filesystem::is_directory(status)) {
    return std::unexpected(FileUnreadable(path, std::make_error_code(std::errc::is_a_directory)));
  }
  if (!std::filesystem::is_regular_file(status)) {
    return std::unexpected(FileUnreadable(path, std::make_error_code(std::errc::not_supported)));
  }
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return std::unexpected(FileUnreadable(path, error));
  return size;
}

ClientResult<std::string> ReadFile(const std::filesystem::path& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  // An iterator over the stream would throw where the disk fails; read() only says so.
  std::array<char, 64 * 1024> block;
  while (file) {
    file.read(block.data(), block.size());
    bytes.append(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.is_open() || file.bad()) {
    const int cause = errno != 0 ? errno : EIO;
    return std::unexpected(FileUnreadable(path, {cause, std::generic_category()}));
  }
  return bytes;
}

}  // namespace homeward::client
