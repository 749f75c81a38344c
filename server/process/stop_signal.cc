#include "server/process/stop_signal.h"

#include <semaphore.h>
#include <signal.h>

#include <cerrno>

namespace homeward {
namespace {

// What a signal handler may touch: sem_post is safe in one.
sem_t came;

}  // namespace

void StopSignal::Install() {
  sem_init(&came, 0, 0);
  struct sigaction action{};
  action.sa_handler = [](int) {
    const int kept = errno;
    sem_post(&came);
    errno = kept;
  };
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
}

void StopSignal::Wait() {
  while (sem_wait(&came) != 0 && errno == EINTR) {
  }
}

}  // namespace homeward
