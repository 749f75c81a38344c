// What another program writes, for commands that go on with it.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace homeward::client {

struct ProgramOutput {
  int exit_status = 0;  // 128 and its number where a signal ended it
  std::string out;      // its standard output
};

// Runs `program ARGUMENTS...` to its end. What it says on standard error goes where ours does.
std::expected<ProgramOutput, std::error_code> RunForOutput(
    const std::filesystem::path& program, const std::vector<std::string>& arguments);

}  // namespace homeward::client
