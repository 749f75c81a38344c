// The folder of everything that is kept. DATA/lock is held by the one process that uses it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "matcher/error.h"
#include "server/process/secret_file.h"
#include "server/store/durable_file.h"

namespace homeward {

class DataFolder {
 public:
  // Makes the folder (0700) and its secrets where they are missing, and locks it until it is
  // destroyed or the process ends, however it ends. Errors: kDataFolderInUse (metadata `data`),
  // kConfigInvalid (others can read it; a secret is not well kept), kStoreUnavailable, kStoreFull.
  static Result<std::unique_ptr<DataFolder>> Open(const std::filesystem::path& path);

  std::filesystem::path database() const { return path_ / "homeward.db"; }
  std::filesystem::path photos() const { return path_ / "photos"; }
  // Of what may be removed and is made anew.
  std::filesystem::path spreads() const { return path_ / "spreads"; }
  // What callers show: the content of DATA/token.
  const std::string& token() const { return token_; }
  // For keyed hashes, from DATA/hash-key.
  const Secret& hash_key() const { return hash_key_; }

 private:
  DataFolder(std::filesystem::path path, std::unique_ptr<FileDescriptor> lock, const Secret& token,
             const Secret& hash_key)
      : path_(std::move(path)), lock_(std::move(lock)), token_(ToHex(token)), hash_key_(hash_key) {}

  const std::filesystem::path path_;
  const std::unique_ptr<FileDescriptor> lock_;
  const std::string token_;
  const Secret hash_key_;
};

}  // namespace homeward
