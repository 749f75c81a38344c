#include <mutex>

#include "clients/cli/interrupt.h"
#include "clients/cli/program.h"

int main(int argc, char** argv) {
  using namespace homeward::client;
  std::mutex mutex;
  Client* current = nullptr;
  bool interrupted = false;
  const Interrupt interrupt([&] {
    const std::lock_guard lock(mutex);
    interrupted = current != nullptr && current->Cancel();
    return interrupted;
  });
  Terminal terminal = Terminal::OfProcess();
  const ExitCode code = RunProgram({argv + 1, argv + argc}, terminal, [&](Client* client) {
    const std::lock_guard lock(mutex);
    current = client;
  });
  const std::lock_guard lock(mutex);
  return static_cast<int>(interrupted ? ExitCode::kInterrupted : code);
}
