#include "tests/testing/server_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks for it

namespace homeward::testing {
namespace {

constexpr std::string_view kReady = "listening on ";

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::filesystem::path LogOf(const std::filesystem::path& data) { return data.string() + ".log"; }

std::vector<std::string> Command(const std::filesystem::path& data,
                                 const std::vector<std::string>& flags) {
  std::vector<std::string> command{HOMEWARD_HOMEWARDD, "serve",
                                   "--data",           data.string(),
                                   "--listen",         "127.0.0.1:0",
                                   "--weights",        WeightsFolder().string(),
                                   "--manifest",       HOMEWARD_SOURCE_DIR "/models/manifest.json"};
  command.insert(command.end(), flags.begin(), flags.end());
  return command;
}

struct Child {
  pid_t pid = 0;
  int output = -1;  // the reading end of its standard output
};

Child Spawn(const std::vector<std::string>& command, const std::filesystem::path& log) {
  std::array<int, 2> pipe_ends{};
  EXPECT_EQ(pipe2(pipe_ends.data(), O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  std::vector<char*> arguments;
  for (const std::string& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  Child child;
  EXPECT_EQ(posix_spawn(&child.pid, arguments[0], &actions, nullptr, arguments.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  close(pipe_ends[1]);
  child.output = pipe_ends[0];
  return child;
}

// The first line, or what there was before the end.
std::string ReadLine(int descriptor) {
  std::string line;
  char next = 0;
  while (read(descriptor, &next, 1) == 1 && next != '\n') line += next;
  return line;
}

int ExitStatus(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::filesystem::path WeightsFolder() {
  if (const char* folder = std::getenv("HOMEWARD_WEIGHTS")) return folder;
  if (const char* cache = std::getenv("HOMEWARD_CACHE")) {
    return std::filesystem::path(cache) / "weights";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : "/root") / ".cache/homeward/weights";
}

std::unique_ptr<ServerProcess> ServerProcess::Start(const std::filesystem::path& data,
                                                    const std::vector<std::string>& flags) {
  const Child child = Spawn(Command(data, flags), LogOf(data));
  const std::string line = ReadLine(child.output);
  close(child.output);
  if (!line.starts_with(kReady)) {
    ADD_FAILURE() << "homewardd ended with " << ExitStatus(child.pid) << ": "
                  << ReadFile(LogOf(data));
    return nullptr;
  }
  std::string token = ReadFile(data / "token");
  while (!token.empty() && token.back() == '\n') token.pop_back();
  return std::unique_ptr<ServerProcess>(
      new ServerProcess(child.pid, line.substr(kReady.size()), std::move(token)));
}

std::optional<ServerProcess::Refusal> ServerProcess::StartRefused(
    const std::filesystem::path& data, const std::vector<std::string>& flags) {
  const std::filesystem::path log = data.string() + ".refused.log";
  const Child child = Spawn(Command(data, flags), log);
  const std::string line = ReadLine(child.output);
  close(child.output);
  const bool listens = line.starts_with(kReady);
  if (listens) kill(child.pid, SIGKILL);
  const int status = ExitStatus(child.pid);
  if (listens) return std::nullopt;
  return Refusal{status, ReadFile(log)};
}

ServerProcess::~ServerProcess() { Kill(); }

std::shared_ptr<grpc::Channel> ServerProcess::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 << 20);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a new process has a new connection
  return grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), arguments);
}

std::unique_ptr<grpc::ClientContext> ServerProcess::Context() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->AddMetadata("authorization", "Bearer " + token_);
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  return context;
}

int ServerProcess::Wait() { return ExitStatus(std::exchange(pid_, 0)); }

void ServerProcess::Kill() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  Wait();
}

int ServerProcess::Terminate() {
  if (pid_ == 0) return -1;
  kill(pid_, SIGTERM);
  return Wait();
}

}  // namespace homeward::testing
