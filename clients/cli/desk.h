// What a command works with, and how it is handed over to be done.
#pragma once

#include <functional>

#include "clients/cli/exit_code.h"
#include "clients/cli/printer.h"
#include "clients/cli/terminal.h"
#include "clients/cpp/client.h"

namespace homeward::client {

struct Desk {
  Client& client;
  Printer& printer;
  Terminal& terminal;
};

// A command whose arguments were understood.
using Job = std::function<ExitCode(Desk&)>;

// Says why the command ends without a result.
ExitCode Fail(Desk& desk, const ClientError& error);

}  // namespace homeward::client
