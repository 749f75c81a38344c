#include "server/rpc/listener.h"

#include <arpa/inet.h>
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
#include <string_view>
#include <utility>

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

std::unexpected<Error> RefuseAddress(const std::string& address, std::string message) {
  return Fail(Reason::kConfigInvalid, std::move(message), {{"listen", address}});
}

bool IsLoopbackHost(const std::string& host) {
  in_addr address{};
  return host == "localhost" || host == "[::1]" ||
         (inet_pton(AF_INET, host.c_str(), &address) == 1 &&
          ntohl(address.s_addr) >> 24 == IN_LOOPBACKNET);
}

bool IsPort(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; }) &&
         std::stoi(std::string(text)) <= 65535;
}

}  // namespace

Result<void> CheckLoopback(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos || !IsPort(std::string_view(address).substr(colon + 1))) {
    return RefuseAddress(address,
                         fmt::format("`{}` is no address to listen on; write HOST:PORT, for "
                                     "instance 127.0.0.1:0 for any free port.",
                                     address));
  }
  if (!IsLoopbackHost(address.substr(0, colon))) {
    return RefuseAddress(
        address, fmt::format("`{}` can be reached from outside. Homeward has no accounts yet and "
                             "listens on loopback only: 127.0.0.1, [::1] or localhost.",
                             address));
  }
  return {};
}

Result<std::unique_ptr<Listener>> Listener::Open(
    const std::string& address, std::vector<std::unique_ptr<grpc::Service>> services) {
  if (auto loopback = CheckLoopback(address); !loopback) {
    return std::unexpected(std::move(loopback).error());
  }
  EnableHealthAndReflection();
  grpc::ServerBuilder builder;
  SetLimits(builder);
  int port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  std::unique_ptr<Listener> listener(new Listener);
  listener->services_ = std::move(services);
  for (const auto& service : listener->services_) builder.RegisterService(service.get());
  listener->server_ = builder.BuildAndStart();
  if (!listener->server_ || port == 0) {
    return RefuseAddress(address,
                         fmt::format("`{}` cannot be listened on: is the port taken? 127.0.0.1:0 "
                                     "takes any free one.",
                                     address));
  }
  listener->address_ = fmt::format("{}:{}", address.substr(0, address.rfind(':')), port);
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

void Listener::Close(std::chrono::milliseconds grace) {
  server_->Shutdown(std::chrono::system_clock::now() + grace);
  server_->Wait();
}

}  // namespace homeward
