// How far a long run has come, for whoever waits for it.
#pragma once

#include <cstddef>
#include <mutex>
#include <ostream>
#include <string>

namespace homeward {

// Writes a line such as "photos: 25 of 100 (25 %)" whenever another whole percent is done. Thread
// safe.
class Progress {
 public:
  // `out` must outlive it.
  Progress(std::ostream& out, std::string what, std::size_t total);
  void Step();

 private:
  std::ostream& out_;
  const std::string what_;
  const std::size_t total_;
  std::mutex mutex_;
  std::size_t done_ = 0;     // guarded by mutex_
  std::size_t percent_ = 0;  // guarded by mutex_; the last one written
};

}  // namespace homeward
