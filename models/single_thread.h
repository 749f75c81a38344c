// Work of OpenMP by the calling thread alone.
#pragma once

#include <omp.h>

namespace homeward {

// While it lives, what the calling thread does through OpenMP it does by itself; other threads keep
// their number. Libraries look at the number both where they prepare work and where they do it.
class SingleThread {
 public:
  SingleThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~SingleThread() { omp_set_num_threads(before_); }
  SingleThread(const SingleThread&) = delete;
  SingleThread& operator=(const SingleThread&) = delete;

 private:
  const int before_;
};

}  // namespace homeward
