// The machine's own time.
#pragma once

#include "server/records/clock.h"

namespace homeward {

class SystemClock final : public Clock {
 public:
  Time Now() const override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace homeward
