// The gRPC server on its port: limits of connections, health and reflection.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "matcher/error.h"

namespace grpc {
class Server;
class Service;
}  // namespace grpc

namespace homeward {

// Thread safe.
class Listener {
 public:
  // The largest message that is received at all: photos and what is said about them, with a margin
  // within which a call is refused with a reason.
  static constexpr int kMaxMessageBytes = (26 << 20) + (6 << 20);

  // Listens on `address`, "127.0.0.1:0" for instance: until there are accounts and TLS, on loopback
  // only. Health says NOT_SERVING until SetServing. Errors: kConfigInvalid (not loopback, or not to
  // be had; metadata `listen`).
  static Result<std::unique_ptr<Listener>> Open(
      const std::string& address, std::vector<std::unique_ptr<grpc::Service>> services);
  ~Listener();  // as Close(0)

  // "127.0.0.1:40123": with the port that was given.
  const std::string& address() const { return address_; }
  void SetServing(bool serving);
  // Health also says SERVING of "homeward.embedder.NAME" while the service serves; of a name that
  // was not shown it says NOT_FOUND.
  void ShowAtWork(const std::string& embedder);
  // Accepts no more and waits for running calls; after `grace` they are cancelled. Once.
  void Close(std::chrono::milliseconds grace);

 private:
  Listener();

  // Must outlive server_.
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace homeward
