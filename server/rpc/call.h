// What a handler knows about the call it answers.
#pragma once

#include <functional>
#include <string>

#include "server/records/clock.h"

namespace homeward {

struct Call {
  std::string caller;  // who the token belongs to
  std::string method;  // "CreateRecord"
  // Whether the caller went away or the time ran out: a long handler asks between its steps and
  // answers kCancelled or kDeadlineExceeded. Never after a commit.
  std::function<bool()> cancelled = [] { return false; };
};

}  // namespace homeward
