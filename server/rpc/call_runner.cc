#include "server/rpc/call_runner.h"

#include <memory>
#include <optional>

namespace homeward {
namespace {

constexpr std::size_t kMetadataLimit = 8192;
constexpr const char* kAuthorization = "authorization";
// Lets a caller put its own calls behind everybody else's; nothing puts them before.
constexpr const char* kWorkClass = "homeward-work-class";

using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// gRPC's own limit does not bind before the peer has acknowledged it.
Result<void> CheckMetadataSize(const Metadata& metadata) {
  std::size_t bytes = 0;
  for (const auto& [key, value] : metadata) bytes += key.size() + value.size();
  if (bytes <= kMetadataLimit) return {};
  return Fail(Reason::kRequestTooLarge, "The metadata of the call is over 8 KiB.",
              {{"limit", std::to_string(kMetadataLimit)}});
}

// Empty where the caller gave none or several.
std::string_view OnlyValue(const Metadata& metadata, const char* key) {
  return metadata.count(key) == 1 ? View(metadata.find(key)->second) : std::string_view();
}

Result<WorkClass> ChooseClass(const Metadata& metadata, WorkClass of_method) {
  if (!metadata.contains(kWorkClass)) return of_method;
  const auto asked = ParseWorkClass(OnlyValue(metadata, kWorkClass));
  if (!asked) {
    return Fail(Reason::kFieldInvalid,
                "The metadata homeward-work-class is interactive, family or bulk.",
                {{"field", kWorkClass}});
  }
  return std::max(of_method, *asked);
}

}  // namespace

CallRunner::Tracked::Tracked(CallRunner& runner, const grpc::CallbackServerContext& context,
                             const RpcMethod& method)
    : runner_(runner),
      context_(context),
      method_(method),
      started_(runner.parts_.now()),
      work_class_(method.work_class) {
  report_.method = method.name;
}

CallRunner::Tracked::~Tracked() {
  if (entered_) runner_.Exit();
}

Result<void> CallRunner::Tracked::Admit() {
  entered_ = runner_.Enter();
  if (!entered_) {
    return Fail(Reason::kShuttingDown, "The service is stopping; try again shortly.");
  }
  const Metadata& metadata = context_.client_metadata();
  if (auto size = CheckMetadataSize(metadata); !size) return size;
  auto caller = runner_.parts_.token.Authenticate(OnlyValue(metadata, kAuthorization));
  if (!caller) return std::unexpected(std::move(caller).error());
  report_.caller = *caller;
  const auto work_class = ChooseClass(metadata, method_.work_class);
  if (!work_class) return std::unexpected(work_class.error());
  work_class_ = *work_class;
  call_ = {*std::move(caller), std::string(method_.name), [this] { return !CheckAlive(); }};
  return {};
}

Result<void> CallRunner::Tracked::CheckAlive() const {
  if (runner_.parts_.now() >= deadline_ ||
      context_.deadline() <= std::chrono::system_clock::now()) {
    return Fail(Reason::kDeadlineExceeded, "The time for the call ran out.");
  }
  if (context_.IsCancelled()) return Fail(Reason::kCancelled, "The caller went away.");
  return {};
}

void CallRunner::Tracked::SetDefaultDeadline(std::chrono::milliseconds after_start) {
  if (context_.deadline() == std::chrono::system_clock::time_point::max()) {
    deadline_ = started_ + after_start;
  }
}

void CallRunner::Tracked::BeginWork() {
  report_.waited =
      std::chrono::duration_cast<std::chrono::microseconds>(runner_.parts_.now() - started_);
}

void CallRunner::Tracked::Received(std::size_t bytes) {
  report_.request_bytes += bytes;
  ++report_.requests;
}

void CallRunner::Tracked::Sent(std::size_t bytes) {
  report_.response_bytes += bytes;
  ++report_.responses;
}

void CallRunner::Tracked::End(std::optional<Reason> failure) {
  report_.failure = failure;
  report_.took =
      std::chrono::duration_cast<std::chrono::microseconds>(runner_.parts_.now() - started_);
  runner_.parts_.sink.call(report_);
}

grpc::ServerUnaryReactor* CallRunner::RunUnary(grpc::CallbackServerContext* context,
                                               const RpcMethod& method, std::size_t request_bytes,
                                               UnaryWork work) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto call = std::make_shared<Tracked>(*this, *context, method);
  call->Received(request_bytes);
  const auto refuse = [&call, reactor](const Error& error) {
    call->End(error.reason);
    reactor->Finish(StatusOf(error));
    return reactor;
  };
  if (const auto admitted = call->Admit(); !admitted) return refuse(admitted.error());
  if (const auto size = CheckMessageSize(method, request_bytes); !size) return refuse(size.error());
  call->SetDefaultDeadline(parts_.default_deadline);
  const auto submitted =
      parts_.executor.Submit(call->work_class(), [this, call, reactor, work = std::move(work)] {
        call->BeginWork();
        Result<std::size_t> result = 0;
        if (auto alive = call->CheckAlive(); !alive) {
          result = std::unexpected(std::move(alive).error());
        } else {
          result = Guard(call->call().method, [&] { return work(call->call()); });
        }
        if (result) call->Sent(*result);
        call->End(result ? std::nullopt : std::optional(result.error().reason));
        reactor->Finish(result ? grpc::Status::OK : StatusOf(result.error()));
      });
  return submitted ? reactor : refuse(submitted.error());
}

Error CallRunner::ReportIncident(std::string_view method, std::string cause) {
  const std::string id = EncodeId(parts_.ids.Next());
  parts_.sink.incident({id, std::string(method), std::move(cause)});
  return {Reason::kInternal,
          "A defect of the service, not of the call. Tell its operator the incident " + id + ".",
          {{"incident", id}}};
}

bool CallRunner::Enter() {
  const std::lock_guard lock(mutex_);
  if (draining_) return false;
  ++active_;
  return true;
}

bool CallRunner::IsDraining() {
  const std::lock_guard lock(mutex_);
  return draining_;
}

void CallRunner::Exit() {
  const std::lock_guard lock(mutex_);
  if (--active_ == 0) idle_.notify_all();
}

void CallRunner::BeginDrain() {
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
  }
  const std::lock_guard lock(streams_mutex_);
  for (Stream* stream : streams_) stream->Drain();
}

bool CallRunner::AwaitIdle(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  return idle_.wait_for(lock, timeout, [this] { return active_ == 0; });
}

void CallRunner::Join(Stream* stream) {
  const std::lock_guard lock(streams_mutex_);
  streams_.insert(stream);
  if (IsDraining()) stream->Drain();
}

void CallRunner::Leave(Stream* stream) {
  const std::lock_guard lock(streams_mutex_);
  streams_.erase(stream);
}

}  // namespace homeward
