// Photos on disk: which of them a folder holds, and their bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "clients/cpp/client_error.h"

namespace homeward::client {

// The service's limit for one photo; a larger file is not even read.
inline constexpr std::uintmax_t kPhotoByteLimit = std::uintmax_t{20} << 20;

// The bytes of one photo.
// Errors: kFileUnreadable (metadata `path`, `cause`), PHOTO_TOO_LARGE (`path`, `bytes`, `limit`).
ClientResult<std::string> ReadPhoto(const std::filesystem::path& path);

struct PhotoFolder {
  // Every photo below the folder, in the order of their paths. Formats that the service refuses are
  // among them, so that each is refused by name and none is passed over in silence.
  std::vector<std::filesystem::path> photos;
  // Files that are no photos by their name.
  std::size_t other_file_count = 0;
};

// Goes through sub-folders, follows no link to a folder and leaves hidden files out.
// Errors: kFileUnreadable.
ClientResult<PhotoFolder> ListPhotoFolder(const std::filesystem::path& folder);

}  // namespace homeward::client
