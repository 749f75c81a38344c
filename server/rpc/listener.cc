#include "server/rpc/listener.h"

#include <fmt/format.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "server/process/loopback.h"

namespace homeward {
namespace {

// Both are process-wide switches of gRPC.
void EnableHealthAndReflection() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

std::size_t QuarterOfMemory() {
  const auto pages = static_cast<std::size_t>(std::max(sysconf(_SC_PHYS_PAGES), 1L));
  const auto page_bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return pages * page_bytes / 4;
}

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(Listener::kMaxMessageBytes);
  grpc::ResourceQuota quota("homeward");
  quota.Resize(QuarterOfMemory());
  builder.SetResourceQuota(quota);
  // Two services on one port would share its callers without a word.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 128);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 600'000);
  // A peer that is gone without a word is noticed after at most 80 s; one that pings more often
  // than every 30 s is sent away.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2);
}

}  // namespace

Result<std::unique_ptr<Listener>> Listener::Open(
    const std::string& address, std::vector<std::unique_ptr<grpc::Service>> services) {
  auto loopback = LoopbackAddress(address);
  if (!loopback) return std::unexpected(std::move(loopback).error());
  EnableHealthAndReflection();
  grpc::ServerBuilder builder;
  SetLimits(builder);
  int port = 0;
  builder.AddListeningPort(*loopback, grpc::InsecureServerCredentials(), &port);
  std::unique_ptr<Listener> listener(new Listener);
  listener->services_ = std::move(services);
  for (const auto& service : listener->services_) builder.RegisterService(service.get());
  listener->server_ = builder.BuildAndStart();
  if (!listener->server_ || port == 0) {
    return Fail(Reason::kConfigInvalid,
                fmt::format("`{}` cannot be listened on: is the port taken? 127.0.0.1:0 takes any "
                            "free one.",
                            address),
                {{"listen", address}});
  }
  listener->address_ = fmt::format("{}:{}", loopback->substr(0, loopback->rfind(':')), port);
  listener->SetServing(false);
  return listener;
}

Listener::Listener() = default;

Listener::~Listener() {
  if (server_) Close(std::chrono::milliseconds(0));
}

void Listener::SetServing(bool serving) {
  server_->GetHealthCheckService()->SetServingStatus(serving);
}

void Listener::ShowAtWork(const std::string& embedder) {
  server_->GetHealthCheckService()->SetServingStatus("homeward.embedder." + embedder, true);
}

void Listener::Close(std::chrono::milliseconds grace) {
  server_->Shutdown(std::chrono::system_clock::now() + grace);
  server_->Wait();
}

}  // namespace homeward
