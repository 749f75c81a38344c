// Work that falls into independent parts, done on all cores, by threads of its own: it may take
// minutes, for which it must not hold up those who search (work_crew.h).
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace homeward {

// Calls work(first, size) for parts of 0..count-1 that together are all of it, each of `part_size`
// but the last, from several threads at once; returns when all are done. `work` does not throw.
template <class Work>
void OnEveryCore(std::size_t count, std::size_t part_size, const Work& work) {
  const std::size_t parts = (count + part_size - 1) / part_size;
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < parts; i = next++) {
      const std::size_t first = i * part_size;
      work(first, std::min(part_size, count - first));
    }
  };
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> helpers;
  while (helpers.size() + 1 < std::min(cores, parts)) helpers.emplace_back(take);
  take();
}

}  // namespace homeward
