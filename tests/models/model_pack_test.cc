#include "models/model_pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "models/digest.h"
#include "models/manifest.h"
#include "tests/models/face_samples.h"
#include "tests/models/onnx_file.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;
using testing::ManifestFile;
using testing::WeightsFolder;

constexpr const char* kMmod = "mmod_human_face_detector.dat";

const ModelPack& Pack() {
  static const auto pack = ModelPack::Open(ManifestFile(), WeightsFolder()).value();
  return *pack;
}

// A folder of weights of its own, in which each file is a link to the real one.
class ModelPackTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(::testing::TempDir()) /
              (std::string("homeward-") + test->test_suite_name() + "-" + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "cohorts");
    for (const auto& file :
         std::filesystem::directory_iterator(ManifestFile().parent_path() / "cohorts")) {
      std::filesystem::create_symlink(file.path(), folder_ / "cohorts" / file.path().filename());
    }
    for (const auto& file : std::filesystem::directory_iterator(WeightsFolder())) {
      std::filesystem::create_symlink(file.path(), folder_ / file.path().filename());
    }
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // The shipped manifest with the first `from` replaced, as a file.
  std::filesystem::path ManifestWith(const std::string& from, const std::string& to) const {
    const auto bytes = testing::ReadFile(ManifestFile());
    std::string text(bytes.begin(), bytes.end());
    text.replace(text.find(from), from.size(), to);
    const auto path = folder_ / "manifest.json";
    std::ofstream(path) << text;
    return path;
  }

  Error OpenError(const std::filesystem::path& manifest = ManifestFile()) const {
    const auto pack = ModelPack::Open(manifest, folder_);
    return pack ? Error{} : pack.error();
  }

  std::filesystem::path folder_;
};

TEST_F(ModelPackTest, TellsItsSpaceOperatingPointsAndDigest) {
  ASSERT_EQ(Pack().spaces().size(), 1U);
  EXPECT_EQ(Pack().spaces().front().space.id, "dlib-resnet-v1+mirror");
  EXPECT_FALSE(Pack().operating_points().empty());
  EXPECT_EQ(Pack().digests().front().size(), 64U);
}

TEST_F(ModelPackTest, HasAThousandSyntheticFacesThatAreNobodys) {
  const auto yardstick = Pack().spaces().front().yardstick;
  ASSERT_NE(yardstick, nullptr);
  EXPECT_EQ(yardstick->cohort->size(), 1'000);
  EXPECT_EQ(yardstick->cohort->dimension(), 128);
  EXPECT_GT(yardstick->line.slope, 0);
}

TEST_F(ModelPackTest, ASpaceWithoutAYardstickHasNone) {
  auto manifest = nlohmann::json::parse(std::ifstream(ManifestFile()));
  manifest["spaces"][0].erase("yardstick");
  manifest["fusions"].clear();
  manifest["operating_points"] = {manifest["operating_points"][0]};
  std::ofstream(folder_ / "manifest.json") << manifest;
  const auto pack = ModelPack::Open(folder_ / "manifest.json", folder_).value();
  EXPECT_EQ(pack->spaces().front().yardstick, nullptr);
}

TEST_F(ModelPackTest, AFusionIsThereWhereAllItsSpacesAreAndItsIdStandsForThem) {
  EXPECT_TRUE(Pack().fusions().empty());
  const Fusion shipped = ReadManifest(ManifestFile()).value().fusions.front();
  if (!std::filesystem::exists(folder_ / "graph_final.pb")) {
    GTEST_SKIP() << "`./run models " << shipped.id << "` fetches it";
  }
  const auto pack = ModelPack::Open(ManifestFile(), WeightsFolder(), {shipped.id}).value();
  ASSERT_EQ(pack->spaces().size(), 2U);
  EXPECT_EQ(pack->spaces()[1].space.id, shipped.space_ids[1]);
  EXPECT_NE(pack->spaces()[1].yardstick, nullptr);
  EXPECT_EQ(pack->fusions(), std::vector{shipped});
  EXPECT_EQ(pack->MakeAnalyzer().value()->spaces().size(), 2U);
  const auto of_one = pack->MakeAnalyzer(shipped.space_ids[1]).value();
  ASSERT_EQ(of_one->spaces().size(), 1U);
  EXPECT_EQ(of_one->spaces().front().id, shipped.space_ids[1]);
  const auto twice =
      ModelPack::Open(ManifestFile(), WeightsFolder(), {shipped.id, shipped.space_ids[1]});
  ASSERT_FALSE(twice);
  EXPECT_THAT(twice.error().message, HasSubstr("named twice"));
}

TEST_F(ModelPackTest, ChangedSyntheticFacesAreNamedWithWhereTheyComeFrom) {
  const auto faces = folder_ / "cohorts" / "dlib-resnet-v1+mirror.f16";
  std::filesystem::remove(faces);
  const auto manifest = ManifestWith("{", "{");
  EXPECT_EQ(OpenError(manifest).reason, Reason::kModelFileMissing);
  std::ofstream(faces) << "others";
  const Error error = OpenError(manifest);
  EXPECT_EQ(error.reason, Reason::kModelFileChanged);
  EXPECT_THAT(error.message, HasSubstr("repository"));
}

TEST_F(ModelPackTest, AMissingFileIsNamedWithWhatToDo) {
  std::filesystem::remove(folder_ / kMmod);
  const Error error = OpenError();
  EXPECT_EQ(error.reason, Reason::kModelFileMissing);
  EXPECT_THAT(error.message, HasSubstr(kMmod));
  EXPECT_THAT(error.message, HasSubstr("./run models"));
  EXPECT_EQ(error.metadata.at("path"), (folder_ / kMmod).string());
}

TEST_F(ModelPackTest, AFileWithOneChangedByteIsNamedAndNotLoaded) {
  auto bytes = testing::ReadFile(WeightsFolder() / kMmod);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::filesystem::remove(folder_ / kMmod);
  std::ofstream(folder_ / kMmod, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const Error error = OpenError();
  EXPECT_EQ(error.reason, Reason::kModelFileChanged);
  EXPECT_THAT(error.message, HasSubstr(kMmod));
  EXPECT_THAT(error.message, HasSubstr("./run models"));
}

TEST_F(ModelPackTest, AShortenedFileIsChanged) {
  auto bytes = testing::ReadFile(WeightsFolder() / kMmod);
  std::filesystem::remove(folder_ / kMmod);
  std::ofstream(folder_ / kMmod, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size() - 1));
  EXPECT_EQ(OpenError().reason, Reason::kModelFileChanged);
}

TEST_F(ModelPackTest, RefusesFormatsAndRulesItDoesNotKnowInWords) {
  for (const std::string known : {"dlib-mmod\",\n      \"package", "dlib-shape-predictor",
                                  "dlib-resnet\"", "mean of chip and mirror", "steady, upright"}) {
    const std::string strange = known.ends_with("package") ? "caffe\",\n      \"package"
                                : known.ends_with("\"")    ? "caffe\""
                                                           : "caffe";
    const Error error = OpenError(ManifestWith(known, strange));
    EXPECT_EQ(error.reason, Reason::kConfigInvalid) << known;
    EXPECT_THAT(error.message, HasSubstr("caffe"));
  }
}

TEST_F(ModelPackTest, RefusesASpaceThatTheNetworkDoesNotGive) {
  EXPECT_EQ(OpenError(ManifestWith("\"dimension\": 128", "\"dimension\": 512")).reason,
            Reason::kModelMismatch);
}

constexpr const char* kResnet = "dlib_face_recognition_resnet_model_v1.dat";

// An ONNX network that an operator adds: a file, and entries of a manifest.
class OwnNetworkTest : public ModelPackTest {
 protected:
  // Writes `network` as own.onnx and a manifest that lists it before the shipped space, or behind.
  std::filesystem::path Add(const testing::OnnxNetwork& network, int dimension,
                            const std::string& facts = kFacts, bool first = true) const {
    const std::string bytes = testing::OnnxFile(network);
    std::ofstream(folder_ / "own.onnx", std::ios::binary) << bytes;
    auto manifest = nlohmann::json::parse(std::ifstream(ManifestFile()));
    manifest["files"].push_back({{"id", "own"},
                                 {"role", "embedder"},
                                 {"format", "onnx"},
                                 {"path", "own.onnx"},
                                 {"sha256", Sha256Hex(bytes)},
                                 {"licence", "MIT"}});
    nlohmann::json space = {{"id", "own"},
                            {"file", "own"},
                            {"dimension", dimension},
                            {"alignment", "five points, steady, upright"},
                            {"template", "mean of chip and mirror"}};
    space.update(nlohmann::json::parse(facts));
    auto& spaces = manifest["spaces"];
    spaces.insert(first ? spaces.begin() : spaces.end(), space);
    const auto path = folder_ / "manifest.json";
    std::ofstream(path) << manifest;
    return path;
  }

  static constexpr const char* kFacts =
      R"({"chip": {"side_px": 32, "padding": 0.25}, "metric": "cosine",
          "preprocessing": {"channels": "bgr"}})";
  const std::vector<float> identity_ = {1, 0, 0, 0, 1, 0, 0, 0, 1};
};

TEST_F(OwnNetworkTest, IsServedByAManifestEntryAlone) {
  const auto manifest = Add(testing::ChannelMeans(32, identity_), 3);
  std::filesystem::remove(folder_ / kResnet);  // of a space that is not served
  const auto pack = ModelPack::Open(manifest, folder_).value();
  EXPECT_EQ(pack->spaces().front().space.id, "own");
  EXPECT_NE(pack->digests().front(), Pack().digests().front());
  const auto photos = testing::SamplePhotos("lfw", 3);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const auto faces =
      pack->MakeAnalyzer().value()->Analyze(testing::ReadPhoto(photos[1]), {.single_face = true});
  ASSERT_EQ(faces.value().size(), 1U);
  const auto& vector = faces->front().templates.at(0).vector;
  ASSERT_EQ(vector.size(), 3U);
  EXPECT_NEAR(std::hypot(vector[0], vector[1], vector[2]), 1, 1e-5);  // cosine
}

TEST_F(OwnNetworkTest, IsServedWhenItIsNamedAndIsNotNeededWhenItIsNot) {
  const auto manifest = Add(testing::ChannelMeans(32, identity_), 3, kFacts, false);
  EXPECT_EQ(ModelPack::Open(manifest, folder_, {"own"}).value()->spaces().front().space.id, "own");
  std::filesystem::remove(folder_ / "own.onnx");
  const auto pack = ModelPack::Open(manifest, folder_).value();
  EXPECT_EQ(pack->spaces().front().space.id, "dlib-resnet-v1+mirror");
  EXPECT_EQ(pack->digests().front(), Pack().digests().front());
  const auto missing = ModelPack::Open(manifest, folder_, {"own"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().reason, Reason::kModelFileMissing);
  EXPECT_THAT(missing.error().message, HasSubstr("by hand"));
  const auto unknown = ModelPack::Open(manifest, folder_, {"another"});
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, HasSubstr("there is no space another"));
}

TEST_F(OwnNetworkTest, WorksBesideTheShippedOneWhereBothAreNamed) {
  const auto manifest = Add(testing::ChannelMeans(32, identity_), 3, kFacts, false);
  const std::string shipped = Pack().spaces().front().space.id;
  const auto pack = ModelPack::Open(manifest, folder_, {shipped, "own"}).value();
  ASSERT_EQ(pack->spaces().size(), 2U);
  EXPECT_EQ(pack->spaces()[0].space.id, shipped);
  EXPECT_NE(pack->spaces()[0].yardstick, nullptr);
  EXPECT_EQ(pack->spaces()[1].yardstick, nullptr);
  EXPECT_EQ(pack->digests()[0], Pack().digests()[0]);
  EXPECT_EQ(ModelPack::Open(manifest, folder_, {"own", "own"}).error().reason,
            Reason::kConfigInvalid);
  const auto photos = testing::SamplePhotos("lfw", 3);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const Photo photo = testing::ReadPhoto(photos[1]);
  const auto analyzer = pack->MakeAnalyzer().value();
  PhotoReader reader(photo);
  const auto face = analyzer->Analyze(reader, {.single_face = true}).value().at(0);
  ASSERT_EQ(face.templates.size(), 2U);
  for (const Template& made : face.templates) {
    EXPECT_EQ(analyzer->MakeTemplate(reader, face.landmarks, made.space_id).value().vector,
              made.vector);
  }
}

TEST_F(OwnNetworkTest, IsRefusedInWordsWhenItDoesNotFitItsEntry) {
  const auto network = testing::ChannelMeans(32, identity_);
  const auto refused = [&](int dimension, const std::string& facts) {
    return OpenError(Add(network, dimension, facts));
  };
  const Error size = refused(128, kFacts);
  EXPECT_EQ(size.reason, Reason::kModelMismatch);
  EXPECT_THAT(size.message, HasSubstr("128"));
  const Error chip = refused(3, R"({"chip": {"side_px": 64, "padding": 0},
                                    "preprocessing": {"channels": "rgb"}})");
  EXPECT_EQ(chip.reason, Reason::kModelMismatch);
  EXPECT_THAT(chip.message, HasSubstr("3 x 32 x 32"));
  const Error bare = refused(3, R"({"chip": {"side_px": 32, "padding": 0}})");
  EXPECT_EQ(bare.reason, Reason::kConfigInvalid);
  EXPECT_THAT(bare.message, HasSubstr("needs preprocessing"));
}

TEST_F(ModelPackTest, ADlibNetworkTakesNoPreprocessing) {
  const Error error = OpenError(ManifestWith(
      "\"dimension\": 128", R"("dimension": 128, "preprocessing": {"channels": "rgb"})"));
  EXPECT_EQ(error.reason, Reason::kConfigInvalid);
  EXPECT_THAT(error.message, HasSubstr("brings its own preprocessing"));
}

// Another file of dlib's architecture, as other people train it.
TEST_F(ModelPackTest, AnotherFileOfDlibsArchitectureIsASpaceOfItsOwn) {
  auto manifest = nlohmann::json::parse(std::ifstream(ManifestFile()));
  auto bytes = testing::ReadFile(WeightsFolder() / kResnet);
  const auto add = [&](const std::string& id) {
    std::ofstream(folder_ / (id + ".dat"), std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    auto file = manifest["files"][0];
    file.erase("package");
    file.update({{"id", id}, {"path", id + ".dat"}, {"sha256", Sha256Hex(bytes)}});
    auto space = manifest["spaces"][0];
    space.erase("yardstick");
    space.update({{"id", id}, {"file", id}});
    manifest["files"].push_back(file);
    manifest["spaces"].push_back(space);
  };
  bytes[bytes.size() - 5000] = static_cast<char>(bytes[bytes.size() - 5000] ^ 1);  // a weight
  add("other");
  bytes.resize(bytes.size() / 2);
  add("half");
  const auto path = folder_ / "manifest.json";
  std::ofstream(path) << manifest;
  const auto other = ModelPack::Open(path, folder_, {"other"}).value();
  EXPECT_EQ(other->spaces().front().space.id, "other");
  EXPECT_NE(other->digests().front(), Pack().digests().front());
  EXPECT_TRUE(other->MakeAnalyzer());
  const auto half = ModelPack::Open(path, folder_, {"half"});
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().reason, Reason::kModelMismatch);
}

double Apart(FaceAnalyzer& analyzer, const std::filesystem::path& a,
             const std::filesystem::path& b) {
  const auto template_of = [&](const std::filesystem::path& path) {
    const auto faces = analyzer.Analyze(testing::ReadPhoto(path), {.single_face = true});
    return faces.value().at(0).templates.at(0);
  };
  return Distance(template_of(a), template_of(b)).value();
}

TEST_F(ModelPackTest, FaceNetTellsPeopleApartWhereItsFileIsThere) {
  if (!std::filesystem::exists(WeightsFolder() / "graph_final.pb")) {
    GTEST_SKIP() << "`./run models facenet-20180408+mirror` fetches it";
  }
  std::map<std::filesystem::path, std::vector<std::filesystem::path>> people;
  for (const auto& photo : testing::SamplePhotos("lfw", 100'000)) {
    auto& of_one = people[photo.parent_path()];
    if (std::ranges::find(of_one, photo) == of_one.end()) of_one.push_back(photo);
  }
  std::erase_if(people, [](const auto& person) { return person.second.size() < 2; });
  if (people.size() < 3) GTEST_SKIP() << "no folder of faces";
  const auto pack =
      ModelPack::Open(ManifestFile(), WeightsFolder(), {"facenet-20180408+mirror"}).value();
  const auto analyzer = pack->MakeAnalyzer().value();
  auto person = people.begin();
  for (int i = 0; i < 3; ++i) {
    const auto& photos = person->second;
    const auto& others = (++person == people.end() ? people.begin() : person)->second;
    EXPECT_LT(Apart(*analyzer, photos[0], photos[1]), Apart(*analyzer, photos[0], others[0]))
        << photos[0] << " " << others[0];
  }
}

TEST_F(ModelPackTest, ABrokenManifestIsToldBeforeAnyFileIsRead) {
  EXPECT_EQ(OpenError(ManifestWith("{", "[")).reason, Reason::kConfigInvalid);
}

TEST_F(ModelPackTest, WorkersWithTheirOwnAnalyzersGiveTheSameTemplates) {
  const auto photos = testing::SamplePhotos("lfw", 3);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  const Photo photo = testing::ReadPhoto(photos[1]);
  const auto analyze = [&](std::vector<Face>& faces) {
    auto analyzer = Pack().MakeAnalyzer().value();
    faces = analyzer->Analyze(photo, {.single_face = true}).value();
  };
  std::vector<Face> first;
  std::vector<Face> second;
  std::thread other([&] { analyze(second); });
  analyze(first);
  other.join();
  ASSERT_EQ(first.size(), 1U);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(first.front().templates.at(0).vector, second.front().templates.at(0).vector);
  EXPECT_EQ(first.front().templates.at(0).space_id, "dlib-resnet-v1+mirror");
}

}  // namespace
}  // namespace homeward
