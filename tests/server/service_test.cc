#include "server/service.h"

#include <gmock/gmock.h>

#include <fstream>
#include <thread>

#include "homeward/v1/match_service.grpc.pb.h"
#include "homeward/v1/operating_point_service.grpc.pb.h"
#include "homeward/v1/record_service.grpc.pb.h"
#include "tests/testing/in_process_server.h"
#include "tests/testing/rpc_rig.h"
#include "tests/testing/temporary_folder.h"

namespace homeward::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string Bytes(const std::vector<std::uint8_t>& photo) { return {photo.begin(), photo.end()}; }

class ServiceTest : public ::testing::Test {
 protected:
  grpc::Status Create(v1::RecordKind kind, int identity, v1::CreateRecordResponse* response) {
    v1::CreateRecordRequest request;
    request.mutable_record()->set_kind(kind);
    request.set_purpose("a test");
    request.add_photos()->set_data(Bytes(PhotoOf(identity)));
    return Records()->CreateRecord(server_.Context().get(), request, response);
  }
  std::unique_ptr<v1::RecordService::Stub> Records() {
    return v1::RecordService::NewStub(server_.channel());
  }
  std::unique_ptr<v1::MatchService::Stub> Match() {
    return v1::MatchService::NewStub(server_.channel());
  }

  TemporaryFolder folder_;
  const std::filesystem::path data_ = folder_.path() / "data";
  InProcessServer server_{data_};
};

TEST_F(ServiceTest, FindsOverTheNetworkWhatItStoredBeforeARestart) {
  v1::CreateRecordResponse missing;
  ASSERT_TRUE(Create(v1::MISSING, 7, &missing).ok());
  server_.Restart();
  v1::CreateRecordResponse stranded;
  ASSERT_TRUE(Create(v1::STRANDED, 7, &stranded).ok());
  ASSERT_THAT(stranded.search().candidates(), SizeIs(1));
  EXPECT_EQ(stranded.search().candidates(0).record(), missing.record().name());
  EXPECT_EQ(stranded.search().caller(), "local");
}

TEST_F(ServiceTest, StreamsAnAnswerOrAReasonForEachPhoto) {
  v1::CreateRecordResponse created;
  ASSERT_TRUE(Create(v1::MISSING, 3, &created).ok());
  const auto context = server_.Context();
  const auto match = Match();
  const auto stream = match->StreamFaceSearches(context.get());
  v1::StreamFaceSearchesRequest message;
  message.mutable_config()->set_purpose("a test");
  ASSERT_TRUE(stream->Write(message));
  const std::map<std::string, std::string> photos{
      {"known", Bytes(PhotoOf(3))}, {"unknown", Bytes(PhotoOf(4))}, {"broken", "no photo at all"}};
  for (const auto& [id, data] : photos) {
    message.mutable_photo()->set_photo_id(id);
    message.mutable_photo()->mutable_photo()->set_data(data);
    ASSERT_TRUE(stream->Write(message));
  }
  stream->WritesDone();
  std::map<std::string, v1::StreamFaceSearchesResponse> answers;
  for (v1::StreamFaceSearchesResponse answer; stream->Read(&answer);) {
    answers[answer.photo_id()] = answer;
  }
  ASSERT_TRUE(stream->Finish().ok());
  ASSERT_THAT(answers, SizeIs(3));
  EXPECT_FALSE(answers["known"].result().search().no_candidate());
  EXPECT_TRUE(answers["unknown"].result().search().no_candidate());
  EXPECT_EQ(answers["broken"].problem().reason(), "PHOTO_FORMAT_UNSUPPORTED");
}

TEST_F(ServiceTest, AnswersAStreamedPhotoThatIsTooLargeWithAProblem) {
  const auto context = server_.Context();
  const auto match = Match();
  const auto stream = match->StreamFaceSearches(context.get());
  v1::StreamFaceSearchesRequest message;
  message.mutable_config()->set_purpose("a test");
  ASSERT_TRUE(stream->Write(message));
  message.mutable_photo()->set_photo_id("huge");
  message.mutable_photo()->mutable_photo()->set_data(std::string(22 << 20, 'x'));
  ASSERT_TRUE(stream->Write(message));
  stream->WritesDone();
  v1::StreamFaceSearchesResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_EQ(answer.photo_id(), "huge");
  EXPECT_EQ(answer.problem().reason(), "REQUEST_TOO_LARGE");
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ServiceTest, EndsAStreamThatDoesNotBeginWithItsConfiguration) {
  const auto context = server_.Context();
  const auto match = Match();
  const auto stream = match->StreamFaceSearches(context.get());
  v1::StreamFaceSearchesRequest message;
  message.mutable_photo()->set_photo_id("first");
  ASSERT_TRUE(stream->Write(message));
  EXPECT_EQ(ReasonOf(stream->Finish()), "FIELD_MISSING");
}

TEST_F(ServiceTest, LimitsTheMessagesOfMethodsWithoutPhotos) {
  v1::GetRecordRequest request;
  request.set_name(std::string(300'000, 'x'));
  v1::Record record;
  EXPECT_EQ(ReasonOf(Records()->GetRecord(server_.Context().get(), request, &record)),
            "REQUEST_TOO_LARGE");
}

TEST_F(ServiceTest, AsksForTheTokenInTheDataFolder) {
  std::ifstream file(data_ / "token");
  std::string token;
  file >> token;
  EXPECT_EQ(token, server_.service().token());
  v1::ListRecordsResponse response;
  grpc::ClientContext with;
  with.AddMetadata("authorization", "Bearer " + token);
  EXPECT_TRUE(Records()->ListRecords(&with, {}, &response).ok());
  grpc::ClientContext without;
  EXPECT_EQ(ReasonOf(Records()->ListRecords(&without, {}, &response)), "UNAUTHENTICATED");
}

TEST_F(ServiceTest, RefusesADataFolderInUse) {
  FakeClock clock;
  SequentialIds ids;
  Config config;
  config.data = data_;
  config.listen = "127.0.0.1:0";
  const auto second = Service::Start(config, SyntheticParts(clock, ids));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, Reason::kDataFolderInUse);
}

TEST_F(ServiceTest, RemovesPhotoFilesThatTheDatabaseDoesNotKnow) {
  v1::CreateRecordResponse created;
  ASSERT_TRUE(Create(v1::MISSING, 3, &created).ok());
  const auto stray = data_ / "photos" / EncodeId({1, 2, 3});
  std::ofstream(stray) << "left by a crash";
  server_.Restart();
  EXPECT_FALSE(std::filesystem::exists(stray));
  v1::ListPhotosRequest request;
  request.set_parent(created.record().name());
  v1::ListPhotosResponse photos;
  ASSERT_TRUE(Records()->ListPhotos(server_.Context().get(), request, &photos).ok());
  v1::DownloadPhotoRequest download;
  download.set_name(photos.photos(0).name());
  google::api::HttpBody body;
  EXPECT_TRUE(Records()->DownloadPhoto(server_.Context().get(), download, &body).ok());
}

TEST_F(ServiceTest, SearchesOpenRecordsAgainOnANewOperatingPointAndStartsWithIt) {
  v1::CreateRecordResponse missing;
  ASSERT_TRUE(Create(v1::MISSING, 7, &missing).ok());
  const auto points = v1::OperatingPointService::NewStub(server_.channel());
  v1::CreateOperatingPointRequest create;
  create.set_operating_point_id("new");
  v1::OperatingPoint& point = *create.mutable_operating_point();
  point.set_space(SyntheticSpace().id);
  point.set_threshold(0.4);
  point.set_fpir(0.02);
  point.set_gallery_size(10);
  point.set_data("a test");
  point.mutable_measure_date()->set_year(2026);
  point.mutable_measure_date()->set_month(1);
  point.mutable_measure_date()->set_day(1);
  v1::OperatingPoint stored;
  ASSERT_TRUE(points->CreateOperatingPoint(server_.Context().get(), create, &stored).ok());
  v1::ActivateOperatingPointRequest activate;
  activate.set_name(stored.name());
  EXPECT_EQ(ReasonOf(points->ActivateOperatingPoint(server_.Context().get(), activate, &stored)),
            "PURPOSE_MISSING");
  activate.set_purpose("a test");
  ASSERT_TRUE(points->ActivateOperatingPoint(server_.Context().get(), activate, &stored).ok());
  // The record's own enrolment is the first search.
  const auto context = server_.Context();
  v1::ListSearchesResponse searches;
  while (searches.searches_size() < 2 && context->deadline() > std::chrono::system_clock::now()) {
    ASSERT_TRUE(Match()->ListSearches(server_.Context().get(), {}, &searches).ok());
  }
  ASSERT_THAT(searches.searches(), SizeIs(2));
  EXPECT_EQ(searches.searches(0).caller(), "service");
  EXPECT_EQ(searches.searches(0).probe(), missing.record().name());
  EXPECT_EQ(searches.searches(0).operating_point().name(), "operatingPoints/new");
  server_.Restart();
  v1::CreateRecordResponse stranded;
  ASSERT_TRUE(Create(v1::STRANDED, 7, &stranded).ok());
  EXPECT_EQ(stranded.search().operating_point().name(), "operatingPoints/new");
  EXPECT_EQ(stranded.search().operating_point().fpir(), 0.02);
}

TEST_F(ServiceTest, PassesOnWhyItCannotStart) {
  FakeClock clock;
  SequentialIds ids;
  Config config;
  config.data = folder_.path() / "other";
  config.listen = "127.0.0.1:0";
  const auto parts = SyntheticParts(clock, ids);
  auto without_models = parts;
  without_models.make_analyzer = []() -> Result<std::unique_ptr<FaceAnalyzer>> {
    return Fail(Reason::kModelFileMissing, "Run this to get it.");
  };
  EXPECT_EQ(Service::Start(config, without_models).error().reason, Reason::kModelFileMissing);
  config.listen = "0.0.0.0:0";
  EXPECT_EQ(Service::Start(config, parts).error().reason, Reason::kConfigInvalid);
  config.listen = "127.0.0.1:0";
  config.work_threads = 2;
  config.work_lower_running = 2;
  EXPECT_EQ(Service::Start(config, parts).error().reason, Reason::kConfigInvalid);
  config.work_lower_running = 1;
  EXPECT_TRUE(Service::Start(config, parts)) << "a start that failed leaves the folder free";
}

TEST_F(ServiceTest, DrainsWhileAStreamIsOpen) {
  const auto context = server_.Context();
  const auto match = Match();
  const auto stream = match->StreamFaceSearches(context.get());
  v1::StreamFaceSearchesRequest message;
  message.mutable_config()->set_purpose("a test");
  ASSERT_TRUE(stream->Write(message));
  message.mutable_photo()->set_photo_id("one");
  message.mutable_photo()->mutable_photo()->set_data(Bytes(PhotoOf(1)));
  ASSERT_TRUE(stream->Write(message));
  v1::StreamFaceSearchesResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  server_.Drain();
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_EQ(ReasonOf(stream->Finish()), "SHUTTING_DOWN");
}

}  // namespace
}  // namespace homeward::testing
