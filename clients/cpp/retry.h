// When a call that did not reach the service is made again.
#pragma once

#include <chrono>
#include <functional>

namespace homeward::client {

struct RetryPolicy {
  // Including the first. About three seconds in all: long enough for a restart of the service,
  // short enough for a person who forgot to start it.
  int attempts = 5;
  std::chrono::milliseconds first_pause{200};
  // Waits between two attempts.
  std::function<void(std::chrono::milliseconds)> wait;
  // A number in [0, 1): spreads the attempts of many clients.
  std::function<double()> jitter;

  // With real waiting and real chance.
  static RetryPolicy Default();

  // Before attempt `attempt` + 1, counted from 1: doubles each time, less up to half of it.
  std::chrono::milliseconds PauseAfter(int attempt) const;
};

}  // namespace homeward::client
