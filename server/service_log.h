// One line for each thing that happened, on standard error: time, level, what, key=value. No line
// holds anything about a person.
#pragma once

#include <string>
#include <string_view>

#include "matcher/error.h"
#include "server/rpc/call_report.h"

namespace homeward {

// `level` as in the configuration.
void StartLog(std::string_view level);
void LogInfo(std::string_view text);
void LogError(const Error& error);

// Writes every call at info and every incident at error.
CallSink LoggingSink();

// What is written about them, without time and level.
std::string LineOf(const CallReport& report);
std::string LineOf(const Incident& incident);

}  // namespace homeward
