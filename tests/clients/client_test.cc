#include "clients/cpp/client.h"

#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "clients/cpp/server_address.h"
#include "clients/cpp/token.h"
#include "tests/clients/fake_service.h"

namespace homeward::client {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class ClientTest : public ::testing::Test {
 protected:
  // Waits for nothing; notes how long it would have waited.
  RetryPolicy Impatient() {
    RetryPolicy policy;
    policy.wait = [this](milliseconds pause) { pauses_.push_back(pause); };
    policy.jitter = [] { return 0.0; };
    return policy;
  }

  std::unique_ptr<Client> Open(std::optional<std::filesystem::path> token = std::nullopt,
                               milliseconds deadline = std::chrono::minutes(1)) {
    auto client = Client::Open({service_.address(), std::move(token), deadline, Impatient()});
    EXPECT_TRUE(client.has_value());
    return *std::move(client);
  }

  FakeService service_;
  TemporaryFolder folder_;
  std::vector<milliseconds> pauses_;
};

TEST_F(ClientTest, SendsTheTokenWithEveryCall) {
  service_.handlers.get_record = [](const auto& request, v1::Record* record) {
    record->set_name(request.name());
    return grpc::Status::OK;
  };
  const auto client = Open(folder_.Write("token", "  secret-token \n"));
  v1::GetRecordRequest request;
  request.set_name("records/x");
  EXPECT_EQ(client->GetRecord(request)->name(), "records/x");
  EXPECT_THAT(service_.authorizations(), ElementsAre("Bearer secret-token"));
}

TEST_F(ClientTest, SendsNoHeaderWithoutAToken) {
  service_.handlers.list_records = [](const auto&, auto*) { return grpc::Status::OK; };
  EXPECT_TRUE(Open()->ListRecords({}).has_value());
  EXPECT_THAT(service_.authorizations(), ElementsAre(""));
}

TEST_F(ClientTest, RepeatsACallWithARequestIdWhileTheServiceIsUnavailable) {
  int calls = 0;
  service_.handlers.create_record = [&calls](const auto& request,
                                             v1::CreateRecordResponse* answer) {
    if (++calls < 4) return Refusal(grpc::UNAVAILABLE, "STORE_UNAVAILABLE");
    answer->mutable_record()->set_name("records/" + request.request_id());
    return grpc::Status::OK;
  };
  v1::CreateRecordRequest request;
  request.set_request_id("id-1");
  EXPECT_EQ(Open()->CreateRecord(request)->record().name(), "records/id-1");
  EXPECT_THAT(pauses_, ElementsAre(milliseconds(200), milliseconds(400), milliseconds(800)));
}

TEST_F(ClientTest, GivesUpAfterSoManyAttempts) {
  int calls = 0;
  service_.handlers.create_record = [&calls](const auto&, auto*) {
    ++calls;
    return Refusal(grpc::UNAVAILABLE, "SHUTTING_DOWN");
  };
  v1::CreateRecordRequest request;
  request.set_request_id("id-1");
  EXPECT_EQ(Open()->CreateRecord(request).error().reason, "SHUTTING_DOWN");
  EXPECT_EQ(calls, RetryPolicy().attempts);
}

TEST_F(ClientTest, MakesACallWithoutARequestIdOnce) {
  int calls = 0;
  service_.handlers.create_record = [&calls](const auto&, auto*) {
    ++calls;
    return Refusal(grpc::UNAVAILABLE, "SHUTTING_DOWN");
  };
  EXPECT_FALSE(Open()->CreateRecord({}).has_value());
  EXPECT_EQ(calls, 1);
  EXPECT_THAT(pauses_, SizeIs(0));
}

TEST_F(ClientTest, RepeatsNothingThatTheServiceRefused) {
  int calls = 0;
  service_.handlers.create_record = [&calls](const auto&, auto*) {
    ++calls;
    return Refusal(grpc::RESOURCE_EXHAUSTED, "QUEUE_FULL");
  };
  v1::CreateRecordRequest request;
  request.set_request_id("id-1");
  EXPECT_EQ(Open()->CreateRecord(request).error().reason, "QUEUE_FULL");
  EXPECT_EQ(calls, 1);
}

TEST_F(ClientTest, EndsACallThatTakesTooLong) {
  std::promise<void> answered;
  service_.handlers.list_records = [&answered](const auto&, auto*) {
    answered.get_future().wait();
    return grpc::Status::OK;
  };
  EXPECT_EQ(Open(std::nullopt, milliseconds(50))->ListRecords({}).error().reason,
            "DEADLINE_EXCEEDED");
  answered.set_value();
  service_.Stop();  // waits for the handler, which looks at the promise
}

TEST_F(ClientTest, CancelsWhatIsUnderWayAndWhatComesLater) {
  const auto client = Open();
  std::promise<void> called;
  std::promise<void> answered;
  service_.handlers.list_records = [&](const auto&, auto*) {
    called.set_value();
    answered.get_future().wait();
    return grpc::Status::OK;
  };
  std::thread canceller([&] {
    called.get_future().wait();
    EXPECT_TRUE(client->Cancel());
  });
  EXPECT_EQ(client->ListRecords({}).error().reason, "CANCELLED");
  answered.set_value();
  canceller.join();
  EXPECT_EQ(client->ListRecords({}).error().reason, "CANCELLED");
  EXPECT_FALSE(client->Cancel());
  service_.Stop();  // waits for the handler, which looks at the promises
}

TEST_F(ClientTest, TakesAPhotoOfManyMebibytes) {
  service_.handlers.download_photo = [](const auto&, google::api::HttpBody* body) {
    body->set_data(std::string(std::size_t{24} << 20, 'x'));
    return grpc::Status::OK;
  };
  EXPECT_EQ(Open()->DownloadPhoto({})->data().size(), std::size_t{24} << 20);
}

TEST_F(ClientTest, NamesTheAddressThatDoesNotAnswer) {
  const auto client = Open();
  service_.Stop();
  const auto records = client->ListRecords({});
  ASSERT_FALSE(records.has_value());
  EXPECT_EQ(records.error().reason, kServerUnreachable);
  EXPECT_EQ(records.error().metadata.at("server"), service_.address());
}

TEST_F(ClientTest, AsksForTheHealthOfTheService) {
  EXPECT_EQ(*Open()->CheckHealth(), Health::kServing);
  EXPECT_EQ(*Open()->CheckHealthOf("homeward.embedder.dlib"), Health::kUnknown);
  service_.health().SetServingStatus("homeward.embedder.dlib", true);
  EXPECT_EQ(*Open()->CheckHealthOf("homeward.embedder.dlib"), Health::kServing);
  service_.health().SetServingStatus(false);
  EXPECT_EQ(*Open()->CheckHealth(), Health::kNotServing);
  service_.Stop();
  EXPECT_EQ(Open()->CheckHealth().error().reason, kServerUnreachable);
}

TEST_F(ClientTest, RefusesToSendATokenToAnotherMachine) {
  const auto client = Client::Open({"192.0.2.1:50450", std::nullopt, milliseconds(1), Impatient()});
  ASSERT_FALSE(client.has_value());
  EXPECT_EQ(client.error().reason, kServerNotLocal);
}

TEST_F(ClientTest, RefusesATokenFileThatHoldsNoToken) {
  for (const std::string& path :
       {folder_.Write("empty", "\n"), folder_.Write("large", std::string(5000, 'x')),
        folder_.path().string(), (folder_.path() / "absent").string()}) {
    const auto token = ReadToken(path);
    ASSERT_FALSE(token.has_value()) << path;
    EXPECT_EQ(token.error().reason, kTokenUnreadable);
    EXPECT_EQ(token.error().metadata.at("path"), path);
  }
}

TEST_F(ClientTest, ReadsTheFirstWordOfTheTokenFileAndNoLineBreak) {
  EXPECT_EQ(*ReadToken(folder_.Write("token", "\n abc123\r\nx: y\n")), "abc123");
}

TEST(ServerAddressTest, KnowsThisMachine) {
  for (const char* local :
       {"127.0.0.1:1", "127.9.9.9:1", "localhost:50450", "[::1]:1", "unix:/run/homeward.sock"}) {
    EXPECT_TRUE(IsThisMachine(local)) << local;
  }
  for (const char* remote : {"192.0.2.1:1", "127.example.org:1", "localhost.example.org:1",
                             "0.0.0.0:1", "[::]:1", "dns:///127.0.0.1:1", ""}) {
    EXPECT_FALSE(IsThisMachine(remote)) << remote;
  }
}

TEST(RetryPolicyTest, DoublesThePauseAndSpreadsItByUpToHalf) {
  RetryPolicy policy = RetryPolicy::Default();
  policy.jitter = [] { return 0.0; };
  EXPECT_EQ(policy.PauseAfter(1), milliseconds(200));
  EXPECT_EQ(policy.PauseAfter(3), milliseconds(800));
  policy.jitter = [] { return 0.999; };
  EXPECT_EQ(policy.PauseAfter(1), milliseconds(100));
  const double chance = RetryPolicy::Default().jitter();
  EXPECT_GE(chance, 0);
  EXPECT_LT(chance, 1);
}

}  // namespace
}  // namespace homeward::client
