#include "server/rpc/stream_call.h"

#include <gmock/gmock.h>

#include <thread>

#include "homeward/v1/match_service.grpc.pb.h"
#include "tests/testing/gate.h"
#include "tests/testing/rpc_rig.h"

namespace homeward::testing {
namespace {

using ::testing::SizeIs;

using Request = v1::StreamFaceSearchesRequest;
using Response = v1::StreamFaceSearchesResponse;
using Handlers = StreamHandlers<Request, Response>;
using ClientStream = grpc::ClientReaderWriter<Request, Response>;

// StreamFaceSearches runs whatever the test sets.
class OneStream final : public v1::MatchService::CallbackService {
 public:
  OneStream(CallRunner& runner, const Handlers& handlers) : runner_(runner), handlers_(handlers) {}
  grpc::ServerBidiReactor<Request, Response>* StreamFaceSearches(
      grpc::CallbackServerContext* context) override {
    return StreamCall<Request, Response>::Start(runner_, context, method_, handlers_);
  }

 private:
  CallRunner& runner_;
  const Handlers& handlers_;
  // Interactive, so that two messages are in work at a time.
  const RpcMethod method_{"StreamFaceSearches", WorkClass::kInteractive, 1000};
};

Response Echo(const Request& request) {
  Response response;
  response.set_photo_id(request.photo().photo_id());
  return response;
}

class StreamCallTest : public ::testing::Test {
 protected:
  std::unique_ptr<ClientStream> Open(grpc::ClientContext& context) { return Open(context, *stub_); }
  static std::unique_ptr<ClientStream> Open(grpc::ClientContext& context,
                                            v1::MatchService::Stub& stub) {
    auto stream = stub.StreamFaceSearches(&context);
    Request config;
    config.mutable_config();
    stream->Write(config);
    return stream;
  }
  static bool Send(ClientStream& stream, int photo) {
    Request request;
    request.mutable_photo()->set_photo_id(std::to_string(photo));
    return stream.Write(request);
  }
  static std::vector<std::string> ReadAll(ClientStream& stream) {
    std::vector<std::string> photo_ids;
    for (Response response; stream.Read(&response);) photo_ids.push_back(response.photo_id());
    return photo_ids;
  }

  std::atomic<int> answered_ = 0;
  Handlers handlers_{.open = [](const Call&, const Request&) -> Result<void> { return {}; },
                     .answer = [this](const Call&, const Request& request) -> Result<Response> {
                       ++answered_;
                       return Echo(request);
                     }};
  RpcRig rig_{
      [this](CallRunner& runner) { return std::make_unique<OneStream>(runner, handlers_); }};
  std::unique_ptr<v1::MatchService::Stub> stub_ = v1::MatchService::NewStub(rig_.channel());
};

TEST_F(StreamCallTest, AnswersEachMessageOnceAndEndsWithTheCaller) {
  auto context = RpcRig::Context();
  const auto stream = Open(*context);
  std::vector<std::string> sent;
  std::thread sender([&] {
    for (int photo = 0; photo < 200; ++photo) {
      EXPECT_TRUE(Send(*stream, photo));
      sent.push_back(std::to_string(photo));
    }
    stream->WritesDone();
  });
  const auto answers = ReadAll(*stream);
  sender.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_THAT(answers, ::testing::UnorderedElementsAreArray(sent));
  const CallReport report = rig_.reports().AwaitCall(1);
  EXPECT_EQ(report.requests, 201);
  EXPECT_EQ(report.responses, 200);
  EXPECT_FALSE(report.failure);
}

TEST_F(StreamCallTest, AnswersAsTheyAreFinishedAndNotInOrder) {
  const Gate gate;
  handlers_.answer = [&](const Call&, const Request& request) -> Result<Response> {
    if (request.photo().photo_id() == "0") gate.Holder()();
    return Echo(request);
  };
  auto context = RpcRig::Context();
  const auto stream = Open(*context);
  Send(*stream, 0);
  gate.AwaitEntered(1);
  Send(*stream, 1);
  stream->WritesDone();
  Response response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.photo_id(), "1");
  gate.Open();
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.photo_id(), "0");
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(StreamCallTest, HasAtMostEightInWorkAtATimeHoweverManyThreadsAreFree) {
  std::atomic<int> running = 0;
  std::atomic<int> peak = 0;
  const Gate gate;
  handlers_.answer = [&](const Call&, const Request& request) -> Result<Response> {
    const int now = ++running;
    for (int seen = peak; now > seen && !peak.compare_exchange_weak(seen, now);) {
    }
    gate.Holder()();
    --running;
    return Echo(request);
  };
  RpcRig rig([this](CallRunner& runner) { return std::make_unique<OneStream>(runner, handlers_); },
             {12, {{{16, 12}, {16, 1}, {16, 1}}}});
  const auto stub = v1::MatchService::NewStub(rig.channel());
  auto context = RpcRig::Context();
  const auto stream = Open(*context, *stub);
  for (int photo = 0; photo < 100; ++photo) Send(*stream, photo);
  stream->WritesDone();
  gate.AwaitEntered(kStreamWindow);
  gate.Open();
  EXPECT_THAT(ReadAll(*stream), SizeIs(100));
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(peak, kStreamWindow);
}

TEST_F(StreamCallTest, RefusesAStreamForWhichTheQueueHasNoPlaces) {
  auto first = RpcRig::Context();
  auto second = RpcRig::Context();
  const auto one = Open(*first);
  const auto two = Open(*second);
  Response response;
  Send(*one, 1);
  Send(*two, 2);
  ASSERT_TRUE(one->Read(&response));
  ASSERT_TRUE(two->Read(&response));
  auto third = RpcRig::Context();
  const auto three = stub_->StreamFaceSearches(third.get());
  EXPECT_FALSE(three->Read(&response));
  EXPECT_EQ(ReasonOf(three->Finish()), "QUEUE_FULL");
  one->WritesDone();
  two->WritesDone();
  EXPECT_TRUE(one->Finish().ok());
  EXPECT_TRUE(two->Finish().ok());
}

TEST_F(StreamCallTest, RefusesCallersWithoutTheToken) {
  auto context = RpcRig::Context("wrong");
  const auto stream = Open(*context);
  EXPECT_EQ(ReasonOf(stream->Finish()), "UNAUTHENTICATED");
}

TEST_F(StreamCallTest, EndsWithTheErrorOfTheFirstMessage) {
  handlers_.open = [](const Call&, const Request&) -> Result<void> {
    return Fail(Reason::kPurposeMissing, "Every search states its purpose.");
  };
  auto context = RpcRig::Context();
  const auto stream = Open(*context);
  Send(*stream, 1);
  EXPECT_THAT(ReadAll(*stream), SizeIs(0));
  EXPECT_EQ(ReasonOf(stream->Finish()), "PURPOSE_MISSING");
  EXPECT_EQ(answered_, 0);
}

TEST_F(StreamCallTest, EndsWithAnErrorAfterTheAnswersToWhatCameBefore) {
  handlers_.answer = [](const Call&, const Request& request) -> Result<Response> {
    if (request.has_config()) return Fail(Reason::kFieldInvalid, "Not now.");
    return Echo(request);
  };
  auto context = RpcRig::Context();
  const auto stream = Open(*context);
  Send(*stream, 1);
  Response response;
  ASSERT_TRUE(stream->Read(&response));
  Request config;
  config.mutable_config();
  stream->Write(config);
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(ReasonOf(stream->Finish()), "FIELD_INVALID");
}

TEST_F(StreamCallTest, EndsAnEmptyStreamWithAReason) {
  auto context = RpcRig::Context();
  const auto stream = stub_->StreamFaceSearches(context.get());
  stream->WritesDone();
  EXPECT_EQ(ReasonOf(stream->Finish()), "FIELD_MISSING");
}

TEST_F(StreamCallTest, MakesAnIncidentOfAnException) {
  handlers_.answer = [](const Call&, const Request&) -> Result<Response> {
    throw std::runtime_error("secret of the house");
  };
  auto context = RpcRig::Context();
  const auto stream = Open(*context);
  Send(*stream, 1);
  EXPECT_THAT(ReadAll(*stream), SizeIs(0));
  EXPECT_EQ(ReasonOf(stream->Finish()), "INTERNAL");
  ASSERT_THAT(rig_.reports().incidents(), SizeIs(1));
}

TEST_F(StreamCallTest, StopsWorkWhenTheCallerGoesAway) {
  std::atomic<bool> saw_cancel = false;
  auto context = RpcRig::Context();
  handlers_.answer = [&](const Call& call, const Request& request) -> Result<Response> {
    if (++answered_ == 1) context->TryCancel();
    while (!call.cancelled()) std::this_thread::yield();
    saw_cancel = true;
    return Echo(request);
  };
  const auto stream = Open(*context);
  for (int photo = 0; photo < 50; ++photo) Send(*stream, photo);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(rig_.reports().AwaitCall(1).failure, Reason::kCancelled);
  EXPECT_TRUE(saw_cancel);
  EXPECT_LE(answered_, RpcRig::kLimits.threads) << "what had not begun was dropped";
  EXPECT_TRUE(rig_.runner().AwaitIdle(std::chrono::minutes(1)));
}

TEST_F(StreamCallTest, EndsAnIdleStreamWhenTheServiceStops) {
  auto context = RpcRig::Context();
  const auto stream = Open(*context);
  Send(*stream, 1);
  Response response;
  ASSERT_TRUE(stream->Read(&response));
  rig_.runner().BeginDrain();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(ReasonOf(stream->Finish()), "SHUTTING_DOWN");
  EXPECT_TRUE(rig_.runner().AwaitIdle(std::chrono::minutes(1)));
}

TEST_F(StreamCallTest, AnswersWhatItHasReadBeforeTheServiceStops) {
  const Gate gate;
  handlers_.answer = [&](const Call&, const Request& request) -> Result<Response> {
    gate.Holder()();
    return Echo(request);
  };
  auto context = RpcRig::Context();
  const auto stream = Open(*context);
  Send(*stream, 1);
  gate.AwaitEntered(1);
  rig_.runner().BeginDrain();
  gate.Open();
  EXPECT_THAT(ReadAll(*stream), SizeIs(1));
  EXPECT_EQ(ReasonOf(stream->Finish()), "SHUTTING_DOWN");
}

// Callers that come, send, cancel and go in every order leave nothing behind: run under the address
// sanitizer, this is the test of the stream's lifetime.
TEST_F(StreamCallTest, LeavesNothingBehindWhateverItsCallersDo) {
  const auto play = [this](int seed) {
    for (int round = 0; round < 40; ++round) {
      auto context = RpcRig::Context();
      const auto stream = Open(*context);
      const int photos = (seed * 7 + round * 5) % 20;
      std::thread sender([&] {
        for (int photo = 0; photo < photos && Send(*stream, photo); ++photo) {
          if ((seed + round) % 3 == 0 && photo == photos / 2) context->TryCancel();
        }
        stream->WritesDone();
      });
      ReadAll(*stream);
      sender.join();
      stream->Finish();
    }
  };
  std::thread other([&] { play(1); });
  play(2);
  other.join();
  rig_.reports().AwaitCall(80);
  EXPECT_TRUE(rig_.runner().AwaitIdle(std::chrono::minutes(1)));
  EXPECT_THAT(rig_.reports().incidents(), SizeIs(0));
}

}  // namespace
}  // namespace homeward::testing
