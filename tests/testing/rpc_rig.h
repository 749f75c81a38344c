// The wrapper around calls with everything it needs, serving a test's own service on a port of its
// own: for tests of server/rpc.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/error_details.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "server/rpc/call_runner.h"
#include "server/rpc/listener.h"
#include "tests/testing/sequential_ids.h"

namespace homeward::testing {

// Moves only when told to. Thread safe.
class SteadyClock {
 public:
  SteadyTime Now() {
    const SteadyTime now(std::chrono::milliseconds(now_.load()));
    ++readings_;
    readings_.notify_all();
    return now;
  }
  void Advance(std::chrono::milliseconds by) { now_ += by.count(); }
  // Waits until the clock has been read `count` times: a call reads it first when it arrives.
  void AwaitReadings(int count) {
    for (int seen = readings_; seen < count; seen = readings_) readings_.wait(seen);
  }

 private:
  std::atomic<std::int64_t> now_ = 1'000'000;
  std::atomic<int> readings_ = 0;
};

// What the wrapper reported. Thread safe.
class Reports {
 public:
  CallSink Sink() {
    return {.call = [this](const CallReport& report) { Add(calls_, report); },
            .incident = [this](const Incident& incident) { Add(incidents_, incident); }};
  }
  // Waits for the call that is the `count`th to end.
  CallReport AwaitCall(std::size_t count) {
    std::unique_lock lock(mutex_);
    added_.wait(lock, [&] { return calls_.size() >= count; });
    return calls_[count - 1];
  }
  std::vector<Incident> incidents() {
    const std::lock_guard lock(mutex_);
    return incidents_;
  }

 private:
  template <class Item>
  void Add(std::vector<Item>& items, const Item& item) {
    {
      const std::lock_guard lock(mutex_);
      items.push_back(item);
    }
    added_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable added_;
  std::vector<CallReport> calls_;
  std::vector<Incident> incidents_;
};

// The reason that a status carries; empty where it carries none.
inline std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (!grpc::ExtractErrorDetails(status, &details).ok()) return {};
  for (const auto& any : details.details()) {
    if (any.Is<google::rpc::ErrorInfo>() && any.UnpackTo(&info)) return info.reason();
  }
  return {};
}

// One thread for each of two classes, room for 16 to wait.
class RpcRig {
 public:
  static constexpr const char* kToken = "0123456789abcdef";
  static constexpr Executor::Limits kLimits{2, {{{16, 2}, {16, 1}, {16, 1}}}};

  // `make_service` gives the service over the runner it is given.
  template <class MakeService>
  explicit RpcRig(MakeService make_service, const Executor::Limits& limits = kLimits) {
    executor_ = *Executor::Start(limits);
    runner_ = std::make_unique<CallRunner>(
        CallRunner::Parts{*executor_, token_, ids_, reports_.Sink(), std::chrono::seconds(30),
                          [this] { return clock_.Now(); }});
    std::vector<std::unique_ptr<grpc::Service>> services;
    services.push_back(make_service(*runner_));
    listener_ = *Listener::Open("127.0.0.1:0", std::move(services));
    listener_->SetServing(true);
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    channel_ = grpc::CreateCustomChannel(listener_->address(), grpc::InsecureChannelCredentials(),
                                         arguments);
  }
  ~RpcRig() { Close(); }

  void Close() {
    listener_->Close(std::chrono::milliseconds(0));
    executor_->Stop();
  }

  static std::unique_ptr<grpc::ClientContext> Context(const std::string& token = kToken) {
    auto context = std::make_unique<grpc::ClientContext>();
    if (!token.empty()) context->AddMetadata("authorization", "Bearer " + token);
    return context;
  }

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  CallRunner& runner() { return *runner_; }
  Executor& executor() { return *executor_; }
  Listener& listener() { return *listener_; }
  SteadyClock& clock() { return clock_; }
  Reports& reports() { return reports_; }

 private:
  CallerToken token_{kToken, "local"};
  SequentialIds ids_;
  SteadyClock clock_;
  Reports reports_;
  std::unique_ptr<Executor> executor_;
  std::unique_ptr<CallRunner> runner_;
  std::unique_ptr<Listener> listener_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace homeward::testing
