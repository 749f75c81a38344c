// Promise: a data folder goes over to another network, or to two searched as one, while it is
// served, and back.
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
constexpr const char* kFused = "both";

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
                                  {"template", "mean of chip and mirror"},
                                  {"yardstick", Line()}});
    manifest["spaces"].back()["yardstick"].update(AddCohort());
    manifest["fusions"].push_back(Line());
    manifest["fusions"].back().update({{"id", kFused}, {"spaces", {kShipped, "own"}}});
    for (const char* const space : {"own", kFused}) {
      manifest["operating_points"].push_back({{"name", std::string(space) + "-point"},
                                              {"space", space},
                                              {"threshold", 1},
                                              {"fpir", 0.5},
                                              {"gallery_size", 3},
                                              {"data", "a test"},
                                              {"measured_on", "2026-11-22"}});
    }
    std::ofstream(folder_.path() / "manifest.json") << manifest;
  }

  static nlohmann::json Line() {
    return {{"intercept", 2},     {"slope", 1},       {"gallery_exponent", 0.5},
            {"least_gallery", 1}, {"data", "a test"}, {"least_chance", 0.01},
            {"ratio_min", 0.5},   {"ratio_max", 2},   {"measured_on", "2026-11-22"}};
  }
  // Faces of nobody for the small network: halves from 32 to 128.
  nlohmann::json AddCohort() {
    std::string bytes;
    for (int i = 0; i < 3 * 200; ++i) {
      const int half = 0x5000 + i * 37 % 0x800;
      bytes += static_cast<char>(half & 0xff);
      bytes += static_cast<char>(half >> 8);
    }
    std::ofstream(folder_.path() / "cohorts" / "own.f16", std::ios::binary) << bytes;
    return {{"cohort", "cohorts/own.f16"}, {"sha256", Sha256Hex(bytes)}};
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

  // The names of their records.
  std::vector<std::string> EnrolThree(const ServerProcess& server) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < 3; ++i) {
      v1::CreateRecordResponse created;
      EXPECT_TRUE(ServiceClient(server)
                      .Create(v1::MISSING, ReadBytes(files_[i]), std::to_string(i), &created)
                      .ok());
      names.push_back(created.record().name());
    }
    return names;
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
    people = EnrolThree(*server);
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

TEST_F(SpaceSwitchTest, SearchesTwoSpacesAsOneOnceBothAreFilled) {
  auto server = Start(kShipped);
  ASSERT_NE(server, nullptr);
  EnrolThree(*server);
  const v1::Search alone = Search(*server);
  server->Kill();
  server = Start(kFused);
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(Search(*server).space(), kShipped);
  AwaitFilled(*server);
  ASSERT_TRUE(Activate(*server, std::string(kFused) + "-point").ok());
  server->Kill();
  server = Start(kFused);
  ASSERT_NE(server, nullptr);
  const v1::Search fused = Search(*server);
  EXPECT_EQ(fused.space(), kFused);
  EXPECT_EQ(fused.comparison().compared_count(), 3);
  EXPECT_EQ(fused.comparison().compared_in_part_count(), 0);
  ASSERT_EQ(fused.candidates_size(), 3);
  EXPECT_EQ(fused.candidates(0).record(), alone.candidates(0).record());
  for (const v1::Candidate& each : fused.candidates()) {
    ASSERT_EQ(each.placings_size(), 2);
    EXPECT_EQ(each.placings(0).space(), kShipped);
    EXPECT_EQ(each.placings(1).space(), "own");
    EXPECT_GE(each.placings(1).rank(), 1);
    EXPECT_EQ(each.distance(), each.placings(0).distance());
    EXPECT_DOUBLE_EQ(each.evidence().score(),
                     each.placings(0).evidence().score() + each.placings(1).evidence().score());
  }
  ASSERT_TRUE(Activate(*server, alone.operating_point().name().substr(16)).ok());
  const v1::Search again = Search(*server);
  EXPECT_EQ(again.space(), kShipped);
  EXPECT_EQ(again.candidates(0).distance(), alone.candidates(0).distance());
  EXPECT_EQ(again.candidates(0).placings_size(), 0);
}

}  // namespace
}  // namespace homeward::testing
