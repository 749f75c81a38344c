// The commands and options of `homeward`.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/arguments.h"
#include "clients/cli/usage_error.h"
#include "clients/screen/page.h"

namespace homeward::client {

// The command line was not understood, or asks for words and not for work.
struct NoCommand {
  std::string help;                 // where the user asked for it; else empty
  std::optional<UsageError> error;  // else
  std::string command;              // what `--help` would tell more about
};

// Splits the command line, without the program's name, by commands and options.
std::expected<Arguments, NoCommand> ReadCommandLine(const std::vector<std::string>& words,
                                                    const Page& page);

}  // namespace homeward::client
