#include "clients/cli/program_output.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace homeward::client {
namespace {

std::error_code Cause(int number) { return {number, std::generic_category()}; }

// Everything up to the end; the end closes the pipe.
std::string ReadAll(int pipe) {
  std::string text;
  std::array<char, 4096> part{};
  for (;;) {
    const ssize_t size = read(pipe, part.data(), part.size());
    if (size > 0) text.append(part.data(), static_cast<std::size_t>(size));
    if (size == 0 || (size < 0 && errno != EINTR)) break;
  }
  close(pipe);
  return text;
}

int AwaitExit(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// 0, or why it did not start. Its standard output is `out`; a program starts with the signals that
// its parent blocks, so they are freed.
int Spawn(const std::filesystem::path& program, std::vector<char*>& words, int out, pid_t& child) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  const int failed =
      posix_spawn(&child, program.c_str(), &files, &attributes, words.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return failed;
}

}  // namespace

std::expected<ProgramOutput, std::error_code> RunForOutput(
    const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  std::vector<std::string> texts = {program.string()};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> words;
  for (std::string& text : texts) words.push_back(text.data());
  words.push_back(nullptr);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::unexpected(Cause(errno));
  pid_t child = 0;
  const int failed = Spawn(program, words, ends[1], child);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return std::unexpected(Cause(failed));
  }
  ProgramOutput output;
  output.out = ReadAll(ends[0]);
  output.exit_status = AwaitExit(child);
  return output;
}

}  // namespace homeward::client
