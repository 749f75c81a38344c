// What the program says to the program that started it.
#pragma once

#include "clients/cpp/client_error.h"

namespace homeward::client {

enum class ExitCode : int {
  kDone = 0,
  kFailed = 1,         // done, but not for everything; or refused for what was sent
  kUsage = 2,          // the command or one of its values is not understood
  kNotAuthorised = 3,  // no token, or not the right one
  kUnreachable = 4,    // the service does not answer, or not in time
  kBusy = 5,           // the service has too much to do; later is worth a try
  kLocalFile = 6,      // a file here cannot be read or written
  kInterrupted = 130,
};

ExitCode ExitCodeOf(const ClientError& error);

}  // namespace homeward::client
