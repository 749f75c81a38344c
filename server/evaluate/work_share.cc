#include "server/evaluate/work_share.h"

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace homeward {

Result<void> ShareOut(std::size_t count, int threads,
                      const std::function<Result<Worker>()>& make_worker) {
  std::vector<Worker> workers;
  for (int i = 0; i < threads; ++i) {
    auto worker = make_worker();
    if (!worker) return std::unexpected(worker.error());
    workers.push_back(std::move(*worker));
  }
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  Result<void> outcome;  // guarded by mutex
  const auto work = [&](const Worker& worker) {
    for (std::size_t piece = next++; piece < count; piece = next++) {
      if (auto done = worker(piece); !done) {
        next = count;
        const std::scoped_lock lock(mutex);
        if (outcome) outcome = std::move(done);
      }
    }
  };
  {
    std::vector<std::jthread> running;
    for (const Worker& worker : workers) running.emplace_back(work, std::cref(worker));
  }
  return outcome;
}

}  // namespace homeward
