#include "tests/store/faulty_disk.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <limits>
#include <utility>

namespace homeward {
namespace {

std::atomic<FaultyDisk*> current = nullptr;

std::filesystem::path PathOf(int file) {
  std::array<char, 4096> path;
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t size = readlink(link.c_str(), path.data(), path.size());
  return size < 0 ? std::filesystem::path()
                  : std::filesystem::path(path.data(), path.data() + size);
}

// 0 where the call may go on to the kernel.
int ErrorOf(const char* name, const std::filesystem::path& path) {
  FaultyDisk* disk = current.load();
  return disk == nullptr ? 0 : disk->Call(name, path);
}

int ErrorOf(const char* name, int file) {
  return current.load() == nullptr ? 0 : ErrorOf(name, PathOf(file));
}

template <class... Arguments>
long CallUnless(int error, long number, Arguments... arguments) {
  if (error == 0) return syscall(number, arguments...);
  errno = error;
  return -1;
}

}  // namespace

FaultyDisk::FaultyDisk(std::filesystem::path folder)
    : FaultyDisk(std::move(folder), std::numeric_limits<std::size_t>::max(), 0, Failing::kOnce) {}

FaultyDisk::FaultyDisk(std::filesystem::path folder, std::size_t call, int error_number,
                       Failing failing)
    : folder_(std::move(folder)),
      failing_call_(call),
      error_number_(error_number),
      failing_(failing) {
  current = this;
}

FaultyDisk::~FaultyDisk() { current = nullptr; }

std::vector<std::string> FaultyDisk::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

int FaultyDisk::Call(const char* name, const std::filesystem::path& path) {
  const std::filesystem::path within = path.lexically_relative(folder_);
  if (within.empty() || *within.begin() == "..") return 0;
  const std::lock_guard lock(mutex_);
  const std::size_t call = calls_.size();
  calls_.push_back(std::string(name) + " " + within.string());
  const bool fails =
      call == failing_call_ || (call > failing_call_ && failing_ == Failing::kFromThenOn);
  return fails ? error_number_ : 0;
}

}  // namespace homeward

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  return homeward::CallUnless(homeward::ErrorOf("write", file), SYS_write, file, bytes, size);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
  return homeward::CallUnless(homeward::ErrorOf("pwrite", file), SYS_pwrite64, file, bytes, size,
                              offset);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  return pwrite64(file, bytes, size, offset);
}

int fsync(int file) {
  return static_cast<int>(homeward::CallUnless(homeward::ErrorOf("fsync", file), SYS_fsync, file));
}

int fdatasync(int file) {
  return static_cast<int>(
      homeward::CallUnless(homeward::ErrorOf("fdatasync", file), SYS_fdatasync, file));
}

int ftruncate64(int file, off64_t size) noexcept {
  return static_cast<int>(
      homeward::CallUnless(homeward::ErrorOf("ftruncate", file), SYS_ftruncate, file, size));
}

int rename(const char* from, const char* to) noexcept {
  const int error = homeward::ErrorOf("rename", std::filesystem::path(from));
  return static_cast<int>(
      homeward::CallUnless(error, SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int unlink(const char* path) noexcept {
  const int error = homeward::ErrorOf("unlink", std::filesystem::path(path));
  return static_cast<int>(homeward::CallUnless(error, SYS_unlinkat, AT_FDCWD, path, 0));
}
}
