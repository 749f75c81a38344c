#include "clients/cli/interrupt.h"

#include <pthread.h>
#include <unistd.h>

#include <utility>

#include "clients/cli/exit_code.h"

namespace homeward::client {
namespace {

constexpr int kDismissal = SIGUSR2;  // ends the listener

}  // namespace

Interrupt::Interrupt(std::function<bool()> stop) : stop_(std::move(stop)) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, kDismissal);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  listener_ = std::thread([this] { Listen(); });
}

Interrupt::~Interrupt() {
  pthread_kill(listener_.native_handle(), kDismissal);
  listener_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interrupt::Listen() {
  for (int count = 0;; ++count) {
    int signal = 0;
    if (sigwait(&signals_, &signal) != 0 || signal == kDismissal) return;
    if (count > 0 || !stop_()) _exit(static_cast<int>(ExitCode::kInterrupted));
  }
}

}  // namespace homeward::client
