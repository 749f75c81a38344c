// One line of a benchmark: our figure beside a peer's, taken in turns on the same machine.
#pragma once

#include <fmt/core.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace homeward {

struct Measurement {
  std::string bench;
  std::string workload;
  std::string unit;
  std::string peer;
  bool more_is_better = false;
};

inline double Median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

inline double SecondsBy(clockid_t clock, const std::function<void()>& work) {
  const auto now = [clock] {
    timespec time;
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double begin = now();
  work();
  return now() - begin;
}

// Of this thread's processor time, which other programs on the machine do not add to.
inline double ThreadSeconds(const std::function<void()>& work) {
  return SecondsBy(CLOCK_THREAD_CPUTIME_ID, work);
}

// By the clock on the wall: for work of several threads, on a quiet machine.
inline double WallSeconds(const std::function<void()>& work) {
  return SecondsBy(CLOCK_MONOTONIC, work);
}

// ratio > 1: we are better; null where it would have to be divided by nothing. The names hold
// nothing that JSON would have to escape.
inline void PrintComparison(const Measurement& measurement, double value, double peer_value) {
  const double above = measurement.more_is_better ? value : peer_value;
  const double below = measurement.more_is_better ? peer_value : value;
  fmt::print(
      R"({{"bench":"{}","workload":"{}","value":{:.6g},"unit":"{}","peer":"{}","peer_value":{:.6g},"ratio":{}}})"
      "\n",
      measurement.bench, measurement.workload, value, measurement.unit, measurement.peer,
      peer_value, below == 0 ? "null" : fmt::format("{:.3g}", above / below));
  std::fflush(stdout);
}

// Runs `ours` and `theirs` in turns, so that whatever else the machine does hits both, and prints
// the medians of what they return.
inline void Compare(const Measurement& measurement, int runs, const std::function<double()>& ours,
                    const std::function<double()>& theirs) {
  std::vector<double> our_values;
  std::vector<double> their_values;
  for (int run = 0; run < runs; ++run) {
    our_values.push_back(ours());
    their_values.push_back(theirs());
  }
  PrintComparison(measurement, Median(std::move(our_values)), Median(std::move(their_values)));
}

}  // namespace homeward
