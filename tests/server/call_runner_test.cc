#include "server/rpc/call_runner.h"

#include <gmock/gmock.h>

#include <new>
#include <stdexcept>
#include <thread>

#include "homeward/v1/record_service.grpc.pb.h"
#include "tests/testing/gate.h"
#include "tests/testing/rpc_rig.h"

namespace homeward::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Work = std::function<Result<v1::Record>(const Call&)>;

// GetRecord runs whatever the test sets.
class OneMethod final : public v1::RecordService::CallbackService {
 public:
  OneMethod(CallRunner& runner, Work& work) : runner_(runner), work_(work) {}
  grpc::ServerUnaryReactor* GetRecord(grpc::CallbackServerContext* context,
                                      const v1::GetRecordRequest* request,
                                      v1::Record* response) override {
    return runner_.Run(context, method_, *request, response,
                       [this](const Call& call) { return work_(call); });
  }

 private:
  CallRunner& runner_;
  Work& work_;
  const RpcMethod method_{"GetRecord", WorkClass::kInteractive, 1000};
};

class CallRunnerTest : public ::testing::Test {
 protected:
  grpc::Status Get(grpc::ClientContext& context, const std::string& name = "records/1") {
    v1::GetRecordRequest request;
    request.set_name(name);
    return stub_->GetRecord(&context, request, &response_);
  }
  grpc::Status Get() { return Get(*RpcRig::Context()); }

  std::atomic<int> runs_ = 0;
  Work work_ = [this](const Call&) -> Result<v1::Record> {
    ++runs_;
    v1::Record record;
    record.set_name("records/1");
    return record;
  };
  RpcRig rig_{[this](CallRunner& runner) { return std::make_unique<OneMethod>(runner, work_); }};
  std::unique_ptr<v1::RecordService::Stub> stub_ = v1::RecordService::NewStub(rig_.channel());
  v1::Record response_;
};

TEST_F(CallRunnerTest, AnswersAndReportsWhoWhatAndHowMuch) {
  work_ = [this](const Call& call) -> Result<v1::Record> {
    EXPECT_EQ(call.caller, "local");
    EXPECT_EQ(call.method, "GetRecord");
    EXPECT_FALSE(call.cancelled());
    rig_.clock().Advance(std::chrono::milliseconds(70));
    v1::Record record;
    record.set_name("records/1");
    return record;
  };
  ASSERT_TRUE(Get().ok());
  EXPECT_EQ(response_.name(), "records/1");
  const CallReport report = rig_.reports().AwaitCall(1);
  EXPECT_EQ(report.method, "GetRecord");
  EXPECT_EQ(report.caller, "local");
  EXPECT_FALSE(report.failure);
  EXPECT_EQ(report.took, std::chrono::milliseconds(70));
  EXPECT_EQ(report.request_bytes, 11u);
  EXPECT_EQ(report.response_bytes, 11u);
}

TEST_F(CallRunnerTest, CarriesTheErrorOfAHandler) {
  work_ = [](const Call&) { return Fail(Reason::kRecordNotFound, "No such record."); };
  const auto status = Get();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(ReasonOf(status), "RECORD_NOT_FOUND");
  EXPECT_EQ(rig_.reports().AwaitCall(1).failure, Reason::kRecordNotFound);
}

TEST_F(CallRunnerTest, RefusesCallersWithoutTheToken) {
  const std::vector<std::string> values{
      "", "Bearer ", "Bearer wrong", "0123456789abcdef", "Basic 0123", "Bearer 0123456789abcdeg"};
  for (const std::string& value : values) {
    grpc::ClientContext context;
    if (!value.empty()) context.AddMetadata("authorization", value);
    const auto status = Get(context);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << value;
    EXPECT_EQ(ReasonOf(status), "UNAUTHENTICATED") << value;
  }
  grpc::ClientContext twice;
  twice.AddMetadata("authorization", "Bearer wrong");
  twice.AddMetadata("authorization", std::string("Bearer ") + RpcRig::kToken);
  EXPECT_EQ(Get(twice).error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(runs_, 0);
  EXPECT_THAT(rig_.reports().AwaitCall(1).caller, IsEmpty());
}

TEST_F(CallRunnerTest, RefusesAMessageOverTheLimitOfItsMethod) {
  EXPECT_TRUE(Get(*RpcRig::Context(), std::string(997, 'x')).ok());
  const auto status = Get(*RpcRig::Context(), std::string(998, 'x'));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(status), "REQUEST_TOO_LARGE");
  EXPECT_EQ(runs_, 1);
}

// gRPC refuses what is over its own limit once the two sides have agreed on it, which this first
// call of a connection outruns.
TEST_F(CallRunnerTest, RefusesOversizedMetadata) {
  auto context = RpcRig::Context();
  context->AddMetadata("x-filler", std::string(100'000, 'x'));
  EXPECT_FALSE(Get(*context).ok());
  EXPECT_EQ(runs_, 0);
}

TEST_F(CallRunnerTest, TellsTheCallerNothingOfAnExceptionButTheIncident) {
  const std::vector<std::function<void()>> throws{
      [] { throw std::runtime_error("secret of the house"); }, [] { throw std::bad_alloc(); },
      [] { throw 42; }};
  for (const auto& thrower : throws) {
    work_ = [&](const Call&) -> Result<v1::Record> {
      thrower();
      return v1::Record();
    };
    const auto status = Get();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
    EXPECT_EQ(ReasonOf(status), "INTERNAL");
    EXPECT_THAT(status.error_message() + status.error_details(), Not(HasSubstr("secret")));
    EXPECT_THAT(status.error_details(), HasSubstr(rig_.reports().incidents().back().id));
  }
  ASSERT_THAT(rig_.reports().incidents(), SizeIs(3));
  EXPECT_EQ(rig_.reports().incidents()[0].cause, "secret of the house");
}

TEST_F(CallRunnerTest, MakesAnIncidentOfAnInternalErrorToo) {
  work_ = [](const Call&) { return Fail(Reason::kInternal, "the invariant broke"); };
  const auto status = Get();
  EXPECT_EQ(ReasonOf(status), "INTERNAL");
  EXPECT_THAT(status.error_message(), Not(HasSubstr("invariant")));
  ASSERT_THAT(rig_.reports().incidents(), SizeIs(1));
  EXPECT_EQ(rig_.reports().incidents()[0].cause, "the invariant broke");
}

TEST_F(CallRunnerTest, LetsACallerPutItsOwnCallsBehindOthers) {
  // The one thread that bulk work may take is taken; interactive calls are answered all the same.
  const Gate gate;
  ASSERT_TRUE(rig_.executor().Submit(WorkClass::kBulk, gate.Holder()));
  gate.AwaitEntered(1);
  std::thread bulk([&] {
    auto context = RpcRig::Context();
    context->AddMetadata("homeward-work-class", "bulk");
    EXPECT_TRUE(Get(*context).ok());
  });
  v1::Record record;
  EXPECT_TRUE(stub_->GetRecord(RpcRig::Context().get(), {}, &record).ok());
  gate.Open();
  bulk.join();
  auto context = RpcRig::Context();
  context->AddMetadata("homeward-work-class", "urgent");
  EXPECT_EQ(ReasonOf(Get(*context)), "FIELD_INVALID");
}

// Every thread comes to the gate.
void BlockThreads(Executor& executor, const Gate& gate) {
  for (int i = 0; i < RpcRig::kLimits.threads; ++i) {
    ASSERT_TRUE(executor.Submit(WorkClass::kInteractive, gate.Holder()));
  }
  gate.AwaitEntered(RpcRig::kLimits.threads);
}

TEST_F(CallRunnerTest, RefusesWhatTheQueueCannotHoldBeforeAnyWork) {
  const Gate gate;
  BlockThreads(rig_.executor(), gate);
  const int room = RpcRig::kLimits.classes[0].waiting;
  for (int i = 0; i < room; ++i) {
    ASSERT_TRUE(rig_.executor().Submit(WorkClass::kInteractive, [] {}));
  }
  const auto status = Get();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "QUEUE_FULL");
  EXPECT_EQ(runs_, 0);
}

TEST_F(CallRunnerTest, DropsACallWhoseTimeRanOutBeforeItsTurn) {
  const Gate gate;
  BlockThreads(rig_.executor(), gate);
  std::thread caller([&] { EXPECT_EQ(ReasonOf(Get()), "DEADLINE_EXCEEDED"); });
  rig_.clock().AwaitReadings(1);
  rig_.clock().Advance(std::chrono::seconds(30));
  gate.Open();
  caller.join();
  EXPECT_EQ(rig_.reports().AwaitCall(1).failure, Reason::kDeadlineExceeded);
  EXPECT_EQ(runs_, 0);
}

TEST_F(CallRunnerTest, GivesCallsWithoutADeadlineOneOfItsOwn) {
  work_ = [this](const Call& call) -> Result<v1::Record> {
    rig_.clock().Advance(std::chrono::seconds(29));
    EXPECT_FALSE(call.cancelled());
    rig_.clock().Advance(std::chrono::seconds(1));
    EXPECT_TRUE(call.cancelled());
    return Fail(Reason::kDeadlineExceeded, "Out of time.");
  };
  EXPECT_EQ(ReasonOf(Get()), "DEADLINE_EXCEEDED");
  work_ = [this](const Call& call) -> Result<v1::Record> {
    rig_.clock().Advance(std::chrono::seconds(60));
    EXPECT_FALSE(call.cancelled()) << "the caller's own deadline counts";
    return v1::Record();
  };
  auto context = RpcRig::Context();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::hours(1));
  EXPECT_TRUE(Get(*context).ok());
}

TEST_F(CallRunnerTest, TellsAHandlerThatItsCallerWentAway) {
  auto context = RpcRig::Context();
  work_ = [&](const Call& call) -> Result<v1::Record> {
    context->TryCancel();
    while (!call.cancelled()) std::this_thread::yield();
    return Fail(Reason::kCancelled, "Gone.");
  };
  EXPECT_EQ(Get(*context).error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(rig_.reports().AwaitCall(1).failure, Reason::kCancelled);
}

TEST_F(CallRunnerTest, FinishesRunningCallsAndRefusesNewOnesWhileDraining) {
  const Gate gate;
  work_ = [&](const Call&) -> Result<v1::Record> {
    gate.Holder()();
    return v1::Record();
  };
  std::thread running([&] {
    v1::Record record;
    EXPECT_TRUE(stub_->GetRecord(RpcRig::Context().get(), {}, &record).ok());
  });
  gate.AwaitEntered(1);
  rig_.runner().BeginDrain();
  EXPECT_FALSE(rig_.runner().AwaitIdle(std::chrono::milliseconds(0)));
  const auto status = Get();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "SHUTTING_DOWN");
  gate.Open();
  EXPECT_TRUE(rig_.runner().AwaitIdle(std::chrono::minutes(1)));
  running.join();
}

}  // namespace
}  // namespace homeward::testing
