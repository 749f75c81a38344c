// SIGTERM and SIGINT, as something that can be waited for.
#pragma once

namespace homeward {

// From Install on, the first signal of each kind is kept until Wait asks for it; the second ends
// the process at once, as if none of this were here.
class StopSignal {
 public:
  static void Install();
  // Returns when a signal has come, also before the call.
  static void Wait();
};

}  // namespace homeward
