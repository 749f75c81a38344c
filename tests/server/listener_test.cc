#include "server/rpc/listener.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>

#include <optional>

#include "homeward/v1/record_service.grpc.pb.h"
#include "tests/testing/rpc_rig.h"

namespace homeward::testing {
namespace {

using ::testing::HasSubstr;

// Answers with the number of bytes it received.
class Counting final : public v1::RecordService::CallbackService {
  grpc::ServerUnaryReactor* GetRecord(grpc::CallbackServerContext* context,
                                      const v1::GetRecordRequest* request,
                                      v1::Record* response) override {
    response->set_name(std::to_string(request->name().size()));
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

Result<std::unique_ptr<Listener>> Open(const std::string& address) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(std::make_unique<Counting>());
  return Listener::Open(address, std::move(services));
}

std::shared_ptr<grpc::Channel> Connect(const Listener& listener) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(listener.address(), grpc::InsecureChannelCredentials(),
                                   arguments);
}

// A call in bytes, one step at a time. grpc.health.v1 and reflection come with gRPC without
// generated clients, and their messages are small enough to be written out.
class RawCall {
 public:
  RawCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& method)
      : call_(grpc::GenericStub(channel).PrepareCall(&context_, method, &queue_)) {
    call_->StartCall(this);
    Await();
  }
  ~RawCall() {
    queue_.Shutdown();
    void* tag = nullptr;
    for (bool ok = false; queue_.Next(&tag, &ok);) {
    }
  }
  void Write(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    call_->Write(grpc::ByteBuffer(&slice, 1), this);
    EXPECT_TRUE(Await());
  }
  std::optional<std::string> Read() {
    grpc::ByteBuffer buffer;
    grpc::Slice slice;
    call_->Read(&buffer, this);
    if (!Await() || !buffer.DumpToSingleSlice(&slice).ok()) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  grpc::Status Finish() {
    call_->WritesDone(this);
    Await();
    grpc::Status status;
    call_->Finish(&status, this);
    Await();
    return status;
  }

 private:
  bool Await() {
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue_.Next(&tag, &ok));
    return ok;
  }

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
};

// HealthCheckResponse, field 1: 1 SERVING, 2 NOT_SERVING.
constexpr const char* kServing = "\x08\x01";
constexpr const char* kNotServing = "\x08\x02";

std::string Health(const std::shared_ptr<grpc::Channel>& channel, const std::string& request = "") {
  RawCall call(channel, "/grpc.health.v1.Health/Check");
  call.Write(request);
  auto answer = call.Read();
  EXPECT_TRUE(call.Finish().ok());
  return answer.value_or("");
}

TEST(ListenerTest, RefusesToBeReachedFromOutside) {
  const auto refused = Open("0.0.0.0:0");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kConfigInvalid);
}

TEST(ListenerTest, RefusesAPortThatIsTaken) {
  const auto first = Open("127.0.0.1:0").value();
  const auto second = Open(first->address());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(second.error().message, HasSubstr(first->address()));
}

TEST(ListenerTest, TellsItsHealth) {
  const auto listener = Open("127.0.0.1:0").value();
  const auto channel = Connect(*listener);
  EXPECT_EQ(Health(channel), kNotServing);
  listener->SetServing(true);
  EXPECT_EQ(Health(channel), kServing);
  listener->SetServing(false);
  EXPECT_EQ(Health(channel), kNotServing);
}

TEST(ListenerTest, TellsWhoComputesTheNetworksWhileItServes) {
  const std::string dlib = "homeward.embedder.dlib";
  const std::string request = "\x0a" + std::string(1, static_cast<char>(dlib.size())) + dlib;
  const auto listener = Open("127.0.0.1:0").value();
  const auto channel = Connect(*listener);
  listener->SetServing(true);
  listener->ShowAtWork("dlib");
  EXPECT_EQ(Health(channel, request), kServing);
  listener->SetServing(false);
  EXPECT_EQ(Health(channel, request), kNotServing);
}

TEST(ListenerTest, DescribesItselfByReflection) {
  const auto listener = Open("127.0.0.1:0").value();
  const auto channel = Connect(*listener);
  RawCall call(channel, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
  // ServerReflectionRequest, field 7: list_services.
  call.Write(std::string("\x3a\x00", 2));
  const auto services = call.Read();
  ASSERT_TRUE(services);
  EXPECT_THAT(*services, HasSubstr("homeward.v1.RecordService"));
  EXPECT_THAT(*services, HasSubstr("grpc.health.v1.Health"));
  EXPECT_TRUE(call.Finish().ok());
}

TEST(ListenerTest, TakesMessagesOfSeveralPhotos) {
  const auto listener = Open("127.0.0.1:0").value();
  const auto channel = Connect(*listener);
  const auto stub = v1::RecordService::NewStub(channel);
  v1::GetRecordRequest request;
  v1::Record response;
  request.set_name(std::string(30 << 20, 'x'));
  grpc::ClientContext context;
  EXPECT_TRUE(stub->GetRecord(&context, request, &response).ok());
  EXPECT_EQ(response.name(), std::to_string(30 << 20));
}

TEST(ListenerTest, EndsACallThatOutlivesTheGrace) {
  const auto listener = Open("127.0.0.1:0").value();
  const auto channel = Connect(*listener);
  RawCall watch(channel, "/grpc.health.v1.Health/Watch");  // never ends by itself
  watch.Write("");
  EXPECT_EQ(watch.Read(), kNotServing);
  listener->Close(std::chrono::milliseconds(0));
  while (watch.Read()) {
  }
  EXPECT_FALSE(watch.Finish().ok());
}

}  // namespace
}  // namespace homeward::testing
