// Ctrl-C during a command: what is under way ends, and the results so far stay whole.
#pragma once

#include <csignal>
#include <functional>
#include <thread>

namespace homeward::client {

class Interrupt {
 public:
  // From now on SIGINT and SIGTERM call `stop`, on a thread of their own. Where it says that
  // nothing was under way, and at the second signal, the process ends at once. Make it before any
  // other thread, because threads inherit what is blocked.
  explicit Interrupt(std::function<bool()> stop);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

 private:
  void Listen();

  sigset_t signals_;
  sigset_t before_;
  std::function<bool()> stop_;
  std::thread listener_;
};

}  // namespace homeward::client
