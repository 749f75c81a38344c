// Time and chance come from outside, so that tests decide them.
#pragma once

#include <chrono>

#include "matcher/id.h"

namespace homeward {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

// Thread safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time Now() const = 0;  // UTC
};

// Thread safe. Ids are unpredictable (libsodium) in the service.
class IdSource {
 public:
  virtual ~IdSource() = default;
  virtual std::array<std::uint8_t, 16> Next() = 0;
};

}  // namespace homeward
