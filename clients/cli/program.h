// `homeward` from its words to its exit code.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "clients/cli/exit_code.h"
#include "clients/cli/terminal.h"
#include "clients/cpp/client.h"

namespace homeward::client {

// Runs one command. `words` without the program's name. `opened` is called with the client before
// the command uses it, and with nullptr after: to cancel it from elsewhere.
ExitCode RunProgram(
    const std::vector<std::string>& words, Terminal& terminal,
    const std::function<void(Client*)>& opened = [](Client*) {});

}  // namespace homeward::client
