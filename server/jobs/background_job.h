// Work that waits for its occasion on a thread of its own, beside the calls.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace homeward {

class BackgroundJob {
 public:
  static constexpr std::chrono::milliseconds kNever = std::chrono::hours(24 * 365 * 100);

  // One run of the work; it ends soon after `stopped()` is true.
  using Work = std::function<void(const std::function<bool()>& stopped)>;

  // Runs `work` once at once, for what an earlier process left, and then whenever it is woken, and
  // `interval` after it last ended. What `work` uses must outlive the job.
  explicit BackgroundJob(Work work, std::chrono::milliseconds interval = kNever);
  ~BackgroundJob();  // stops it

  BackgroundJob(const BackgroundJob&) = delete;
  BackgroundJob& operator=(const BackgroundJob&) = delete;

  // There is something to do. While the work runs: it runs once more.
  void Wake();
  // Returns when nothing runs or waits to run.
  void AwaitIdle();
  // Ends the run under way and takes up no other.
  void Stop();

 private:
  void Run(const std::stop_token& stop);

  const Work work_;
  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool woken_ = true;     // guarded by mutex_
  bool running_ = false;  // guarded by mutex_
  std::jthread thread_;   // ended first
};

}  // namespace homeward
