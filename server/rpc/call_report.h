// What is known about a call when it is over: enough to operate the service, nothing about people.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/error.h"

namespace homeward {

struct CallReport {
  std::string_view method;
  std::string caller;             // empty where the caller is not known
  std::optional<Reason> failure;  // absent: OK
  std::chrono::microseconds took{0};
  std::chrono::microseconds waited{0};  // of `took`, before the work began
  std::size_t request_bytes = 0;
  std::size_t response_bytes = 0;
  int requests = 0;  // messages; more than one for streams
  int responses = 0;
};

// A defect that a caller met. The caller learns `id` and nothing else.
struct Incident {
  std::string id;
  std::string method;
  std::string cause;
};

// Where reports go. Both are thread safe and throw nothing.
struct CallSink {
  std::function<void(const CallReport&)> call = [](const CallReport&) {};
  std::function<void(const Incident&)> incident = [](const Incident&) {};
};

}  // namespace homeward
