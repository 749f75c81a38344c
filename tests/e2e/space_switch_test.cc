// Promise: a data folder goes over to another network while it is served, and back.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "homeward/v1/operating_point_service.grpc.pb.h"
#include "models/digest.h"
#include "tests/models/onnx_file.h"
#include "tests/testing/face_photos.h"
#include "tests/testing/service_client.h"

namespace homeward::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kShipped = "dlib-resnet-v1+mirror";

// A server that works in the shipped space and, when it is told to, in that of a small network too.
class SpaceSwitchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    files_ = FacePhotoFiles();
    if (files_.size() < 3) GTEST_SKIP() << "too few photos of faces here";
    fs::create_directory(weights_);
    for (const auto& each : fs::directory_iterator(WeightsFolder())) {
      fs::create_symlink(each.path(), weights_ / each.path().filename());
    }
    AddNetwork();
  }

  void AddNetwork() {
    const std::string bytes = OnnxFile(ChannelMeans(32, {1, 0, 0, 0, 1, 0, 0, 0, 1}));
    std::ofstream(weights_ / "own.onnx", std::ios::binary) << bytes;
    auto manifest =
        nlohmann::json::parse(std::ifstream(HOMEWARD_SOURCE_DIR "/models/manifest.json"));
    auto& yardstick = manifest["spaces"][0]["yardstick"];
    fs::create_directory(folder_.path() / "cohorts");
    const std::string cohort = yardstick["cohort"];
    fs::copy_file(fs::path(HOMEWARD_SOURCE_DIR "/models") / cohort, folder_.path() / cohort);
    manifest["files"].push_back({{"id", "own"},
                                 {"role", "embedder"},
                                 {"format", "onnx"},
                                 {"path", "own.onnx"},
                                 {"sha256", Sha256Hex(bytes)},
                                 {"licence", "MIT"}});
    manifest["spaces"].push_back({{"id", "own"},
                                  {"file", "own"},
                                  {"dimension", 3},
                                  {"chip", {{"side_px", 32}, {"padding", 0.25}}},
                                  {"preprocessing", {{"channels", "bgr"}}},
                                  {"alignment", "five points, steady, upright"},
                                  {"template", "mean of chip and mirror"}});
    manifest["operating_points"].push_back({{"name", "own-point"},
                                            {"space", "own"},
                                            {"threshold", 1},
                                            {"fpir", 0.5},
                                            {"gallery_size", 3},
                                            {"data", "a test"},
                                            {"measured_on", "2026-11-22"}});
    std::ofstream(folder_.path() / "manifest.json") << manifest;
  }

  std::unique_ptr<ServerProcess> Start(const std::string& spaces) {
    return ServerProcess::Start(data_, FlagsFor(spaces));
  }
  std::vector<std::string> FlagsFor(const std::string& spaces) const {
    return {"--weights",       weights_.string(),
            "--manifest",      (folder_.path() / "manifest.json").string(),
            "--models-spaces", spaces};
  }

  static grpc::Status Activate(const ServerProcess& server, const std::string& point) {
    v1::ActivateOperatingPointRequest request;
    request.set_name("operatingPoints/" + point);
    request.set_purpose("end-to-end test");
    v1::OperatingPoint activated;
    return v1::OperatingPointService::NewStub(server.Connect())
        ->ActivateOperatingPoint(server.Context().get(), request, &activated);
  }
  static void AwaitFilled(const ServerProcess& server) {
    const auto points = v1::OperatingPointService::NewStub(server.Connect());
    v1::ListSpacesResponse spaces;
    do {
      std::this_thread::yield();
      ASSERT_TRUE(points->ListSpaces(server.Context().get(), {}, &spaces).ok());
      ASSERT_EQ(spaces.spaces_size(), 2);
    } while (spaces.spaces(1).filled_face_count() < spaces.spaces(1).face_count());
  }
  v1::Search Search(const ServerProcess& server) {
    v1::Search search;
    EXPECT_TRUE(ServiceClient(server).Search(ReadBytes(files_[0]), &search).ok());
    return search;
  }

  TemporaryFolder folder_;
  const fs::path data_ = folder_.path() / "data";
  const fs::path weights_ = folder_.path() / "weights";
  std::vector<fs::path> files_;
};

TEST_F(SpaceSwitchTest, GoesOverWhileItIsServedAndBackAndOutlivesKills) {
  std::vector<std::string> people;
  {
    const auto server = Start(kShipped);
    ASSERT_NE(server, nullptr);
    for (std::size_t i = 0; i < 3; ++i) {
      v1::CreateRecordResponse created;
      ASSERT_TRUE(ServiceClient(*server)
                      .Create(v1::MISSING, ReadBytes(files_[i]), std::to_string(i), &created)
                      .ok());
      people.push_back(created.record().name());
    }
    server->Kill();
  }
  const auto refused = ServerProcess::StartRefused(data_, FlagsFor("own"));
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->log.find("SPACE_NOT_FILLED"), std::string::npos) << refused->log;
  auto server = Start(std::string(kShipped) + ", own");
  ASSERT_NE(server, nullptr);
  AwaitFilled(*server);
  const v1::Search before = Search(*server);
  EXPECT_EQ(before.space(), kShipped);
  ASSERT_TRUE(Activate(*server, "own-point").ok());
  server->Kill();
  server = Start(std::string(kShipped) + ", own");
  ASSERT_NE(server, nullptr);
  const v1::Search after = Search(*server);
  EXPECT_EQ(after.space(), "own");
  EXPECT_EQ(after.comparison().compared_count(), 3);
  EXPECT_EQ(after.candidates(0).record(), people[0]);
  ASSERT_TRUE(Activate(*server, before.operating_point().name().substr(16)).ok());
  const v1::Search again = Search(*server);
  EXPECT_EQ(again.space(), kShipped);
  ASSERT_EQ(again.candidates_size(), before.candidates_size());
  for (int i = 0; i < again.candidates_size(); ++i) {
    EXPECT_EQ(again.candidates(i).distance(), before.candidates(i).distance());
  }
}

}  // namespace
}  // namespace homeward::testing
