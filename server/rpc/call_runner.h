// The one wrapper around every call: authenticate, admit, check that the caller still waits, run,
// map the error, report. Services are adapters of one line a method over it.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "matcher/error.h"
#include "server/records/clock.h"
#include "server/rpc/call.h"
#include "server/rpc/call_report.h"
#include "server/rpc/caller_token.h"
#include "server/rpc/error_status.h"
#include "server/rpc/executor.h"
#include "server/rpc/rpc_method.h"

namespace homeward {

using SteadyTime = std::chrono::steady_clock::time_point;

// Thread safe. Outlives every call: the server is shut down before it goes.
class CallRunner {
 public:
  struct Parts {
    Executor& executor;
    const CallerToken& token;
    IdSource& ids;  // names incidents
    CallSink sink;
    // For unary calls whose caller set none.
    std::chrono::milliseconds default_deadline{30'000};
    std::function<SteadyTime()> now = std::chrono::steady_clock::now;
  };
  // The parts referred to must outlive the runner.
  explicit CallRunner(Parts parts) : parts_(std::move(parts)) {}

  // Answers a unary call with what `work`, a Result<Response>(const Call&), returns on a thread of
  // the executor. `request` and `response` are gRPC's.
  template <class Request, class Response, class Work>
  grpc::ServerUnaryReactor* Run(grpc::CallbackServerContext* context, const RpcMethod& method,
                                const Request& request, Response* response, Work work) {
    return RunUnary(context, method, request.ByteSizeLong(),
                    [response, work = std::move(work)](const Call& call) -> Result<std::size_t> {
                      auto answer = work(call);
                      if (!answer) return std::unexpected(std::move(answer).error());
                      *response = *std::move(answer);
                      return response->ByteSizeLong();
                    });
  }

  // Runs `work`, which returns a Result, and turns an exception or a kInternal into an incident:
  // its cause is reported, and the caller gets an error that holds no more than its id.
  template <class Work>
  auto Guard(std::string_view method, Work&& work) -> decltype(work()) {
    std::string cause;
    try {
      auto result = work();
      if (result || result.error().reason != Reason::kInternal) return result;
      cause = result.error().message;
    } catch (const std::exception& exception) {
      cause = exception.what();
    } catch (...) {
      cause = "an exception of unknown type";
    }
    return std::unexpected(ReportIncident(method, std::move(cause)));
  }

  // From now on calls are refused with kShuttingDown, streams read no more and end when what they
  // have read is answered.
  void BeginDrain();
  // Whether no call runs any more within `timeout`.
  bool AwaitIdle(std::chrono::milliseconds timeout);

  // A call from its arrival to its report. Used by one thread at a time.
  class Tracked {
   public:
    // `context` outlives the call.
    Tracked(CallRunner& runner, const grpc::CallbackServerContext& context,
            const RpcMethod& method);
    ~Tracked();
    Tracked(const Tracked&) = delete;
    Tracked& operator=(const Tracked&) = delete;

    // Errors, before anything else is looked at: kShuttingDown; then kRequestTooLarge (metadata of
    // the call), kUnauthenticated, kFieldInvalid (work class).
    Result<void> Admit();
    // kCancelled or kDeadlineExceeded where the caller waits no more.
    Result<void> CheckAlive() const;
    // For a call whose caller set none.
    void SetDefaultDeadline(std::chrono::milliseconds after_start);
    void BeginWork();
    void Received(std::size_t bytes);
    void Sent(std::size_t bytes);
    // Reports the call. Once.
    void End(std::optional<Reason> failure);

    // Valid after Admit.
    const Call& call() const { return call_; }
    WorkClass work_class() const { return work_class_; }

   private:
    CallRunner& runner_;
    const grpc::CallbackServerContext& context_;
    const RpcMethod& method_;
    const SteadyTime started_;
    SteadyTime deadline_ = SteadyTime::max();
    WorkClass work_class_;
    Call call_;
    CallReport report_;
    bool entered_ = false;
  };

  // A stream that BeginDrain asks to end.
  class Stream {
   public:
    virtual ~Stream() = default;
    virtual void Drain() = 0;
  };
  // Between the two, `stream` may be asked to drain at any time, also before Join returns and more
  // than once; after Leave has returned, never.
  void Join(Stream* stream);
  void Leave(Stream* stream);

  Executor& executor() const { return parts_.executor; }

 private:
  using UnaryWork = std::function<Result<std::size_t>(const Call&)>;  // the bytes of the response

  grpc::ServerUnaryReactor* RunUnary(grpc::CallbackServerContext* context, const RpcMethod& method,
                                     std::size_t request_bytes, UnaryWork work);
  Error ReportIncident(std::string_view method, std::string cause);
  bool Enter();  // false while draining
  bool IsDraining();
  void Exit();

  const Parts parts_;

  std::mutex mutex_;
  std::condition_variable idle_;
  // Guarded by mutex_.
  bool draining_ = false;
  int active_ = 0;

  std::mutex streams_mutex_;  // held while streams are asked to drain, so that none goes meanwhile
  std::set<Stream*> streams_;
};

}  // namespace homeward
