// The cores of the machine, lent to whoever has work that can be shared.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace homeward {

// Thread safe.
class WorkCrew {
 public:
  // Of this process: a thread for every core but the caller's.
  static WorkCrew& OfThisMachine();

  explicit WorkCrew(unsigned threads);
  WorkCrew(const WorkCrew&) = delete;
  WorkCrew& operator=(const WorkCrew&) = delete;

  // Calls `work` here and, at the same time, at most once in each thread of the crew that is free
  // before this call is done; returns when all these have returned. Each call is to take parts of
  // the work for as long as there are any, so that nothing waits for a thread that is late.
  // `work` must not throw.
  void Share(const std::function<void()>& work) noexcept;

 private:
  struct Job {
    const std::function<void()>& work;
    bool is_open = true;  // more threads may join
    int workers = 0;      // threads of the crew that are at it
  };

  void Help(const std::stop_token& stop);
  Job* FindOpen();

  std::mutex mutex_;
  std::condition_variable_any opened_;
  std::condition_variable left_;
  std::list<Job*> jobs_;  // the oldest first
  std::vector<std::jthread> threads_;
};

}  // namespace homeward
