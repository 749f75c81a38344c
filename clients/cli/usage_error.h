// What is wrong with a command line.
#pragma once

#include <expected>

#include "clients/catalogue/catalogue.h"
#include "clients/cli/exit_code.h"

namespace homeward::client {

struct UsageError {
  Message message;
  Values values = {};
  ExitCode exit_code = ExitCode::kUsage;
};

template <class T>
using UsageResult = std::expected<T, UsageError>;

}  // namespace homeward::client
