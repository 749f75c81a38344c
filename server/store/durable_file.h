// Files that are on the disk when a call returns.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

#include "matcher/error.h"

namespace homeward {

class FileDescriptor {
 public:
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (is_open()) close(number_);
  }
  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

// What errno says about `path`: kStoreFull, else kStoreUnavailable.
std::unexpected<Error> FailedOn(const std::filesystem::path& path);

// Makes what was created, renamed or removed in `folder` durable.
Result<void> SyncFolder(const std::filesystem::path& folder);

// `file` holds `bytes` (0600), or what it held before, whenever the power fails. The folder must be
// on one file system. Errors: kStoreFull, kStoreUnavailable; then nothing is left behind.
Result<void> WriteDurably(const std::filesystem::path& file, std::span<const std::uint8_t> bytes);

}  // namespace homeward
