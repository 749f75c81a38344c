// A clock that moves only when a test moves it.
#pragma once

#include <atomic>

#include "server/records/clock.h"

namespace homeward::testing {

// Thread safe. Starts at noon in China on 1 March 2026.
class FakeClock : public Clock {
 public:
  Time Now() const override { return Time(Time::duration(now_.load())); }
  void Advance(Time::duration by) { now_ += by.count(); }

 private:
  static constexpr Time kStart =
      std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{4};
  std::atomic<Time::rep> now_{kStart.time_since_epoch().count()};
};

}  // namespace homeward::testing
