#include "clients/cli/evaluation.h"

#include <unistd.h>

#include <csignal>
#include <system_error>

namespace homeward::client {

namespace fs = std::filesystem;

std::optional<fs::path> ServiceProgram(const fs::path& folder) {
  for (const fs::path& candidate : {folder / "homewardd", folder / "../../server/homewardd"}) {
    if (access(candidate.c_str(), X_OK) == 0 && fs::is_regular_file(candidate)) return candidate;
  }
  return std::nullopt;
}

fs::path ProgramFolder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

void BecomeEvaluation(const fs::path& program, const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {program.string(), "evaluate"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  // A program starts with the signals that its parent blocks.
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, nullptr);
  execv(program.c_str(), pointers.data());
}

}  // namespace homeward::client
