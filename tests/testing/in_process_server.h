// The real service in the test's own process, on a port of its own. Synthetic faces unless the test
// brings models of its own.
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "server/service.h"
#include "server/store/sqlite_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/sequential_ids.h"
#include "tests/testing/synthetic_faces.h"

namespace homeward::testing {

// The service over SQLite in the synthetic world.
inline ServiceParts SyntheticParts(const Clock& clock, IdSource& ids) {
  OperatingPoint point;
  point.name = "synthetic";
  point.space_id = SyntheticSpace().id;
  point.threshold = kSyntheticThreshold;
  point.fpir = 0.01;
  point.gallery_size = 1000;
  point.data = "coloured squares";
  return {
      .open_store = [](const std::filesystem::path& database) -> Result<std::unique_ptr<Store>> {
        return SqliteStore::Open(database, {});
      },
      .make_analyzer = []() -> Result<std::unique_ptr<FaceAnalyzer>> {
        return MakeSyntheticAnalyzer();
      },
      .spaces = {{SyntheticSpace()}},
      .operating_points = {std::move(point)},
      .clock = clock,
      .ids = ids,
      .sink = {}};
}

class InProcessServer {
 public:
  // On the folder `data`, which is made; `config` says the rest.
  explicit InProcessServer(const std::filesystem::path& data, Config config = {})
      : config_(std::move(config)), parts_(SyntheticParts(clock_, ids_)) {
    config_.data = data;
    config_.listen = "127.0.0.1:0";
    Start();
  }
  InProcessServer(Config config, ServiceParts parts)
      : config_(std::move(config)), parts_(std::move(parts)) {
    Start();
  }

  // As after a restart of the process: everything in memory is made anew from the folder.
  void Restart() {
    channel_.reset();
    service_.reset();
    Start();
  }
  void Drain() { service_->Drain(); }

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  // With the token and a deadline of a minute.
  std::unique_ptr<grpc::ClientContext> Context() const {
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata("authorization", "Bearer " + service_->token());
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
    return context;
  }
  Service& service() { return *service_; }
  FakeClock& clock() { return clock_; }

 private:
  void Start() {
    auto service = Service::Start(config_, parts_);
    if (!service) throw std::runtime_error(service.error().message);
    service_ = *std::move(service);
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    channel_ = grpc::CreateCustomChannel(service_->address(), grpc::InsecureChannelCredentials(),
                                         arguments);
  }

  FakeClock clock_;
  SequentialIds ids_;
  Config config_;
  ServiceParts parts_;
  std::unique_ptr<Service> service_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace homeward::testing
