// A folder for one test's database.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace homeward {

// Deleted with everything in it. In memory where there is such a file system: what is tested here
// is what a database holds, not how fast a disk is.
class DatabaseFolder {
 public:
  DatabaseFolder() {
    const std::filesystem::path memory = "/dev/shm";
    const bool has_memory = access(memory.c_str(), W_OK) == 0;
    std::string name =
        (has_memory ? memory : std::filesystem::temp_directory_path()) / "homeward-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  DatabaseFolder(const DatabaseFolder&) = delete;
  DatabaseFolder& operator=(const DatabaseFolder&) = delete;
  ~DatabaseFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path file() const { return path_ / "homeward.db"; }

 private:
  std::filesystem::path path_;
};

}  // namespace homeward
