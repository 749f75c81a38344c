// A disk that fails when a test wants it to: the test program's own write, pwrite64, fsync,
// fdatasync, ftruncate64, rename and unlink stand in for the C library's, for every library in it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace homeward {

// While it lives, calls for files in `folder` are counted, and some of them fail. One at a time.
class FaultyDisk {
 public:
  enum class Failing : bool { kOnce, kFromThenOn };

  // Never fails; writes down what is called.
  explicit FaultyDisk(std::filesystem::path folder);
  // The call number `call`, counted from 0, fails with `error_number`, and so may all later ones.
  FaultyDisk(std::filesystem::path folder, std::size_t call, int error_number, Failing failing);
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;
  ~FaultyDisk();

  // "fsync a.tmp": the call and the file's name within the folder.
  std::vector<std::string> calls() const;

  // Notes the call. Returns the error it is to fail with, or 0.
  int Call(const char* name, const std::filesystem::path& path);

 private:
  const std::filesystem::path folder_;
  const std::size_t failing_call_;
  const int error_number_;
  const Failing failing_;
  mutable std::mutex mutex_;
  std::vector<std::string> calls_;  // guarded by mutex_
};

}  // namespace homeward
