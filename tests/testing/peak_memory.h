// How much memory a piece of work needs at its worst.
#pragma once

#include <malloc.h>

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>

namespace homeward::testing {

// Sanitizers keep freed memory, so that peaks mean nothing under them.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kPeaksAreMeaningful = false;
#else
inline constexpr bool kPeaksAreMeaningful = true;
#endif

// A line of /proc/self/status in bytes, such as "VmHWM".
inline std::optional<std::int64_t> ProcessBytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return std::stoll(line.substr(name.size() + 1)) * 1024;
  }
  return std::nullopt;
}

// Runs `work` and returns by how much this process's resident memory grew at its highest; nullopt
// where the kernel does not tell. No other thread may be running.
template <class Work>
std::optional<std::int64_t> PeakGrowth(Work work) {
  malloc_trim(0);  // what was free before must be counted when it is used again
  std::ofstream reset("/proc/self/clear_refs");
  reset << "5" << std::flush;
  if (!reset) return std::nullopt;
  const auto before = ProcessBytes("VmHWM");
  work();
  const auto highest = ProcessBytes("VmHWM");
  if (!before || !highest) return std::nullopt;
  return *highest - *before;
}

}  // namespace homeward::testing
