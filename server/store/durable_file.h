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

// Whenever the power fails, `file` (0600) holds what it held before or all of `bytes`; after a
// value is returned, `bytes`. Errors: kStoreFull, kStoreUnavailable; no part of a file is left
// behind.
Result<void> WriteDurably(const std::filesystem::path& file, std::span<const std::uint8_t> bytes);

}  // namespace homeward
