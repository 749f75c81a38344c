#include "clients/cpp/retry.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>

namespace homeward::client {

RetryPolicy RetryPolicy::Default() {
  RetryPolicy policy;
  policy.wait = [](std::chrono::milliseconds pause) { std::this_thread::sleep_for(pause); };
  policy.jitter = [] {
    thread_local std::mt19937 source{std::random_device{}()};
    return std::uniform_real_distribution<>{0, 1}(source);
  };
  return policy;
}

std::chrono::milliseconds RetryPolicy::PauseAfter(int attempt) const {
  const double doubled = static_cast<double>(first_pause.count()) *
                         static_cast<double>(1 << std::clamp(attempt - 1, 0, 10));
  return std::chrono::milliseconds(std::llround(doubled * (1 - jitter() / 2)));
}

}  // namespace homeward::client
