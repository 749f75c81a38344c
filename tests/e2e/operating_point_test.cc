// Promise: a threshold comes from a measurement that is named, is in force without a restart and
// after one, and changes nothing that was decided before.
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "homeward/v1/operating_point_service.grpc.pb.h"
#include "tests/testing/face_photos.h"
#include "tests/testing/service_client.h"

namespace homeward::testing {
namespace {

namespace fs = std::filesystem;

constexpr double kFpir = 0.2;  // few photos: sanitizers are slow
constexpr std::size_t kEnrolled = 60;
constexpr std::size_t kStrangers = 50;  // 10 / kFpir

class OperatingPointTest : public ::testing::Test {
 protected:
  void SetUp() override {
    files_ = FacePhotoFiles();
    if (files_.size() < kEnrolled + kStrangers) GTEST_SKIP() << "too few photos of faces here";
    server_ = ServerProcess::Start(folder_.path() / "data");
    ASSERT_NE(server_, nullptr);
  }

  // What `homewardd calibrate` prints about people of one photo each.
  nlohmann::json Calibrate(const std::string& name) {
    const fs::path set = folder_.path() / "set.tsv";
    {
      std::ofstream stream(set);
      stream << "identity\tpath\trole\tcohort\n";
      for (std::size_t i = 0; i < kEnrolled + kStrangers; ++i) {
        stream << "person" << i << '\t' << fs::absolute(files_[i]).string() << '\t'
               << (i < kEnrolled ? "filler" : "nonmate") << "\tlfw\n";
      }
    }
    const fs::path document = folder_.path() / "document.json";
    const std::string command = std::string(HOMEWARD_HOMEWARDD) + " calibrate " + set.string() +
                                " --fpir " + std::to_string(kFpir) + " --name " + name +
                                " --data 'a test' --json --weights " + WeightsFolder().string() +
                                " --manifest " HOMEWARD_SOURCE_DIR "/models/manifest.json > " +
                                document.string() + " 2> " + (folder_.path() / "progress").string();
    EXPECT_EQ(std::system(command.c_str()), 0) << ReadBytes(folder_.path() / "progress");
    return nlohmann::json::parse(std::ifstream(document));
  }

  std::unique_ptr<v1::OperatingPointService::Stub> Points() {
    return v1::OperatingPointService::NewStub(server_->Connect());
  }
  v1::OperatingPoint Get(const std::string& name) {
    v1::GetOperatingPointRequest request;
    request.set_name(name);
    v1::OperatingPoint point;
    EXPECT_TRUE(Points()->GetOperatingPoint(server_->Context().get(), request, &point).ok());
    return point;
  }
  v1::Search Search() {
    v1::Search search;
    EXPECT_TRUE(ServiceClient(*server_).Search(ReadBytes(files_[1]), &search).ok());
    return search;
  }

  TemporaryFolder folder_;
  std::vector<fs::path> files_;
  std::unique_ptr<ServerProcess> server_;
};

TEST_F(OperatingPointTest, IsMeasuredStoredPutInForceAndOutlivesAKill) {
  v1::CreateRecordResponse report;
  ASSERT_TRUE(
      ServiceClient(*server_).Create(v1::MISSING, ReadBytes(files_[0]), "one", &report).ok());
  const v1::Search before = Search();
  EXPECT_TRUE(Get(before.operating_point().name()).shipped());

  const auto document = Calibrate("station-2026");
  EXPECT_LE(document["after"]["fpir_observed"].get<double>(), kFpir);
  EXPECT_EQ(document["operating_point"]["gallery_size"], kEnrolled);
  v1::CreateOperatingPointRequest create;
  create.set_operating_point_id(document["operating_point_id"].get<std::string>());
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(document["operating_point"].dump(),
                                                          create.mutable_operating_point())
                  .ok());
  v1::OperatingPoint point;
  const auto created = Points()->CreateOperatingPoint(server_->Context().get(), create, &point);
  ASSERT_TRUE(created.ok()) << created.error_message();
  EXPECT_EQ(Search().operating_point().name(), before.operating_point().name());

  v1::ActivateOperatingPointRequest activate;
  activate.set_name(point.name());
  activate.set_purpose("measured on our own people");
  ASSERT_TRUE(Points()->ActivateOperatingPoint(server_->Context().get(), activate, &point).ok());
  EXPECT_EQ(Search().operating_point().name(), "operatingPoints/station-2026");
  EXPECT_EQ(Search().operating_point().chance(), create.operating_point().chance());

  server_->Kill();
  server_ = ServerProcess::Start(folder_.path() / "data");
  ASSERT_NE(server_, nullptr);
  EXPECT_EQ(Search().operating_point().name(), "operatingPoints/station-2026");
  EXPECT_EQ(Get("operatingPoints/station-2026").activations_size(), 1);
  v1::GetSearchRequest get;
  get.set_name(before.name());
  v1::Search kept;
  ASSERT_TRUE(ServiceClient(*server_).match().GetSearch(server_->Context().get(), get, &kept).ok());
  EXPECT_EQ(kept.operating_point().DebugString(), before.operating_point().DebugString());
}

}  // namespace
}  // namespace homeward::testing
