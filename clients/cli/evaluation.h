// `homeward evaluate`: runs the service's own program beside this one, which has the weights. This
// program stays thin.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace homeward::client {

// `homewardd` in `folder`, the one that this program is in, or where the build puts it next to
// that; nullopt where there is none.
std::optional<std::filesystem::path> ServiceProgram(const std::filesystem::path& folder);

// The folder of the running program.
std::filesystem::path ProgramFolder();

// Becomes `program evaluate ARGUMENTS...`. Returns only where that is impossible, with errno set.
void BecomeEvaluation(const std::filesystem::path& program,
                      const std::vector<std::string>& arguments);

}  // namespace homeward::client
