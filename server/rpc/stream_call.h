// A call in which messages come in and an answer to each goes back as it is finished, so not in
// order: at most kStreamWindow of them in work, no more read meanwhile.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "server/rpc/call_runner.h"
#include "server/rpc/stream_window.h"

namespace homeward {

inline constexpr int kStreamWindow = 8;

// Both run on threads of the executor; an error of either ends the stream with it, after the
// answers to what was read before.
template <class Request, class Response>
struct StreamHandlers {
  // The first message. Has returned before any other message is read.
  std::function<Result<void>(const Call&, const Request&)> open;
  // Every further message, several at a time.
  std::function<Result<Response>(const Call&, const Request&)> answer;
};

// Owns itself from Start until gRPC is done with it: the window asks to finish when no task of the
// stream is left, and only after that does gRPC say that it is done.
template <class Request, class Response>
class StreamCall final : public grpc::ServerBidiReactor<Request, Response>,
                         private CallRunner::Stream {
 public:
  using Handlers = StreamHandlers<Request, Response>;

  // What a service's method returns. Admits the stream with its places in the queue, or ends it.
  static grpc::ServerBidiReactor<Request, Response>* Start(CallRunner& runner,
                                                           grpc::CallbackServerContext* context,
                                                           const RpcMethod& method,
                                                           Handlers handlers) {
    auto* stream = new StreamCall(runner, context, method, std::move(handlers));
    stream->Begin();
    return stream;
  }

 private:
  using Lock = std::unique_lock<std::mutex>;

  StreamCall(CallRunner& runner, grpc::CallbackServerContext* context, const RpcMethod& method,
             Handlers handlers)
      : runner_(runner),
        context_(context),
        handlers_(std::move(handlers)),
        call_(runner, *context, method) {}

  // Nothing reacts before Start has returned, so the stream cannot end meanwhile.
  void Begin() {
    auto places = Admit();
    Lock lock(mutex_);
    if (places) {
      places_ = *std::move(places);
      Act(std::move(lock), window_.Begin());
    } else {
      Act(std::move(lock), window_.Stop(std::move(places).error()));
    }
    runner_.Join(this);
  }

  Result<std::unique_ptr<Executor::Reservation>> Admit() {
    if (auto admitted = call_.Admit(); !admitted) {
      return std::unexpected(std::move(admitted).error());
    }
    return runner_.executor().Reserve(call_.work_class(), kStreamWindow);
  }

  void OnReadDone(bool ok) override {
    Lock lock(mutex_);
    if (!ok) return Act(std::move(lock), EndReading());
    if (window_.stopped()) return Act(std::move(lock), window_.MessageRead());
    call_.Received(incoming_.ByteSizeLong());
    auto request = std::make_shared<Request>();
    request->Swap(&incoming_);
    const bool is_first = !std::exchange(first_came_, true);
    const auto submitted = places_->Submit([this, is_first, request = std::move(request)] {
      is_first ? Open(*request) : Answer(*request);
    });
    Act(std::move(lock), submitted ? window_.MessageRead() : window_.Stop(submitted.error()));
  }

  StreamWindow::Next EndReading() {
    if (context_->IsCancelled()) return window_.Cancelled();
    if (!first_came_) return window_.Stop({Reason::kFieldMissing, "The stream was empty."});
    return window_.ReadingEnded();
  }

  void OnWriteDone(bool ok) override {
    Lock lock(mutex_);
    Act(std::move(lock), window_.Written(ok));
  }

  void OnCancel() override {
    Lock lock(mutex_);
    Act(std::move(lock), window_.Cancelled());
  }

  void Drain() override {
    Lock lock(mutex_);
    Act(std::move(lock),
        window_.Stop({Reason::kShuttingDown, "The service is stopping; try again shortly."}));
  }

  void OnDone() override {
    runner_.Leave(this);
    delete this;
  }

  void Open(const Request& request) {
    auto opened =
        runner_.Guard(call_.call().method, [&] { return handlers_.open(call_.call(), request); });
    Lock lock(mutex_);
    Act(std::move(lock), opened ? window_.Opened() : window_.Failed(std::move(opened).error()));
  }

  void Answer(const Request& request) {
    Result<Response> answer = std::unexpected(Error{Reason::kCancelled, "The caller went away."});
    if (!context_->IsCancelled()) {
      answer = runner_.Guard(call_.call().method,
                             [&] { return handlers_.answer(call_.call(), request); });
    }
    Lock lock(mutex_);
    if (!answer) return Act(std::move(lock), window_.Failed(std::move(answer).error()));
    if (!window_.cancelled()) answers_.push_back(*std::move(answer));
    Act(std::move(lock), window_.Answered());
  }

  // Starts what is next. Where that is to finish, the stream may be gone on return.
  void Act(Lock lock, StreamWindow::Next next) {
    if (next.write) {
      outgoing_ = std::move(answers_.front());
      answers_.pop_front();
      call_.Sent(outgoing_.ByteSizeLong());
      this->StartWrite(&outgoing_);
    }
    if (next.read) this->StartRead(&incoming_);
    if (!next.finish) return;
    const std::optional<Error> verdict = window_.verdict();
    call_.End(verdict ? std::optional(verdict->reason) : std::nullopt);
    lock.unlock();
    this->Finish(verdict ? StatusOf(*verdict) : grpc::Status::OK);
  }

  CallRunner& runner_;
  grpc::CallbackServerContext* const context_;
  const Handlers handlers_;
  std::unique_ptr<Executor::Reservation> places_;  // set by Begin

  std::mutex mutex_;
  // Guarded by mutex_, except that gRPC uses incoming_ and outgoing_ from StartRead and StartWrite
  // until their reactions.
  CallRunner::Tracked call_;
  StreamWindow window_{kStreamWindow};
  bool first_came_ = false;
  Request incoming_;
  Response outgoing_;
  std::deque<Response> answers_;
};

}  // namespace homeward
