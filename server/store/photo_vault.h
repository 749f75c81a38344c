// Photo bytes on disk, one file each, named by the photo's random id.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "matcher/error.h"
#include "matcher/id.h"
#include "server/records/photo_entry.h"

namespace homeward {

// Thread safe for different photos. Files are 0600.
class PhotoVault {
 public:
  // Creates `folder` (0700) if needed. Errors: kStoreUnavailable.
  static Result<std::unique_ptr<PhotoVault>> Open(const std::filesystem::path& folder);

  // Durable when it returns a value: temporary file, fsync, rename, fsync of the folder.
  // Errors: kStoreFull, kStoreUnavailable.
  Result<void> Put(const PhotoId& id, std::span<const std::uint8_t> bytes);
  // Verifies the digest. Errors: kStoreCorrupt (missing or changed), kStoreUnavailable.
  Result<std::vector<std::uint8_t>> Get(const PhotoId& id, const Sha256& sha256) const;
  // Durable when it returns a value. A photo that is not there is no error.
  Result<void> Remove(const PhotoId& id);
  // Removes every file that is not one of `known` (left by a crash between file and row, or between
  // row and erasure). Only while nothing else uses the vault. Returns how many.
  Result<std::size_t> Sweep(const std::vector<PhotoId>& known);

 private:
  explicit PhotoVault(std::filesystem::path folder);
  std::filesystem::path PathOf(const PhotoId& id) const;
  std::filesystem::path folder_;
};

Sha256 Sha256Of(std::span<const std::uint8_t> bytes);

}  // namespace homeward
