#include "matcher/work_crew.h"

#include <algorithm>

namespace homeward {

WorkCrew& WorkCrew::OfThisMachine() {
  static WorkCrew crew(std::max(1U, std::thread::hardware_concurrency()) - 1);
  return crew;
}

WorkCrew::WorkCrew(unsigned threads) {
  for (unsigned i = 0; i < threads; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { Help(stop); });
  }
}

void WorkCrew::Share(const std::function<void()>& work) noexcept {
  if (threads_.empty()) return work();
  Job job{work};
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back(&job);
  }
  opened_.notify_all();
  work();
  std::unique_lock lock(mutex_);
  jobs_.remove(&job);
  left_.wait(lock, [&] { return job.workers == 0; });
}

void WorkCrew::Help(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (opened_.wait(lock, stop, [this] { return FindOpen() != nullptr; })) {
    Job& job = *FindOpen();
    ++job.workers;
    lock.unlock();
    job.work();
    lock.lock();
    // Nothing is left of it but what others have begun.
    job.is_open = false;
    if (--job.workers == 0) left_.notify_all();
  }
}

WorkCrew::Job* WorkCrew::FindOpen() {
  const auto open = std::ranges::find_if(jobs_, [](const Job* job) { return job->is_open; });
  return open == jobs_.end() ? nullptr : *open;
}

}  // namespace homeward
