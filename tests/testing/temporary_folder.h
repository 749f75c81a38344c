// A folder that is gone when the test is over. In memory where there is such a place: nothing that
// a test in it shows depends on a disk, and it need not wait for one.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace homeward::testing {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    const std::filesystem::path in_memory = "/dev/shm";
    const bool has_memory = access(in_memory.c_str(), W_OK) == 0;
    const auto parent = has_memory ? in_memory : std::filesystem::temp_directory_path();
    std::string name = (parent / "homeward-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace homeward::testing
