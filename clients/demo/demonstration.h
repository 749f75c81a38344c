// `homeward-demo` from its words to its exit code.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/exit_code.h"
#include "clients/cli/terminal.h"

namespace homeward::client {

// Plays the stories on a service that holds no records. kFailed where a story did not end as it
// should; kUsage where photos are missing or the service is in use.
ExitCode RunDemonstration(const std::vector<std::string>& words, Terminal& terminal);

}  // namespace homeward::client
