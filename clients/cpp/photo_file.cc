#include "clients/cpp/photo_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "clients/cpp/file_bytes.h"

namespace homeward::client {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 13> kPhotoExtensions = {
    ".jpg",  ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic",
    ".heif", ".avif", ".gif", ".bmp",  ".tif", ".tiff"};

bool IsPhoto(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return std::ranges::find(kPhotoExtensions, extension) != kPhotoExtensions.end();
}

bool IsHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

}  // namespace

ClientResult<std::string> ReadPhoto(const fs::path& path) {
  const ClientResult<std::uintmax_t> size = FileSize(path);
  if (!size) return std::unexpected(size.error());
  if (*size > kPhotoByteLimit) {
    return std::unexpected(ClientError{grpc::StatusCode::INVALID_ARGUMENT,
                                       "PHOTO_TOO_LARGE",
                                       path.string() + " is over 20 MiB",
                                       {{"path", path.string()},
                                        {"bytes", std::to_string(*size)},
                                        {"limit", std::to_string(kPhotoByteLimit)}}});
  }
  return ReadFile(path);
}

ClientResult<PhotoFolder> ListPhotoFolder(const fs::path& folder) {
  std::error_code error;
  PhotoFolder found;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (IsHidden(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_directory(ignored)) {
      continue;
    } else if (IsPhoto(entry->path())) {
      found.photos.push_back(entry->path());
    } else {
      ++found.other_file_count;
    }
  }
  if (error) return std::unexpected(FileUnreadable(folder, error));
  std::ranges::sort(found.photos);
  return found;
}

}  // namespace homeward::client
