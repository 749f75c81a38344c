#include "server/jobs/background_job.h"

#include <utility>

namespace homeward {

BackgroundJob::BackgroundJob(Work work, std::chrono::milliseconds interval)
    : work_(std::move(work)),
      interval_(interval),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

BackgroundJob::~BackgroundJob() { Stop(); }

void BackgroundJob::Wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

void BackgroundJob::AwaitIdle() {
  std::unique_lock lock(mutex_);
  changed_.wait(
      lock, [this] { return !running_ && (!woken_ || thread_.get_stop_token().stop_requested()); });
}

void BackgroundJob::Stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void BackgroundJob::Run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait_for(lock, stop, interval_, [this] { return woken_; });
    if (stop.stop_requested()) break;
    woken_ = false;
    running_ = true;
    lock.unlock();
    work_([&stop] { return stop.stop_requested(); });
    lock.lock();
    running_ = false;
    changed_.notify_all();
  }
  woken_ = false;
  changed_.notify_all();
}

}  // namespace homeward
