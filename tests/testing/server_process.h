// A real homewardd as a child process, for tests that kill it.
#pragma once

#include <grpcpp/grpcpp.h>
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/testing/temporary_folder.h"

namespace homeward::testing {

// One run of homewardd on a port of its own choice. The log is DATA.log beside the data folder.
class ServerProcess {
 public:
  // Starts `homewardd serve` and waits until it says that it listens. Fails the test and gives
  // nullptr if it ends first.
  static std::unique_ptr<ServerProcess> Start(const std::filesystem::path& data,
                                              const std::vector<std::string>& flags = {});
  // What a start that is refused prints, with its exit status; nullopt if it came to listen.
  struct Refusal {
    int exit_status = 0;
    std::string log;
  };
  static std::optional<Refusal> StartRefused(const std::filesystem::path& data,
                                             const std::vector<std::string>& flags = {});
  ~ServerProcess();  // kills it if it still runs

  const std::string& address() const { return address_; }
  std::shared_ptr<grpc::Channel> Connect() const;
  // With the data folder's token and a deadline of a minute.
  std::unique_ptr<grpc::ClientContext> Context() const;
  void Kill();      // SIGKILL, and waits
  int Terminate();  // SIGTERM, waits, gives the exit status

 private:
  ServerProcess(pid_t pid, std::string address, std::string token)
      : pid_(pid), address_(std::move(address)), token_(std::move(token)) {}
  int Wait();

  pid_t pid_;  // 0 once it has ended
  std::string address_;
  std::string token_;
};

// The folder of the weights: $HOMEWARD_WEIGHTS, else the cache that `./run models` fills.
std::filesystem::path WeightsFolder();

}  // namespace homeward::testing
