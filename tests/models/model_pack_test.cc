#include "models/model_pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <thread>

#include "tests/models/face_samples.h"

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
  EXPECT_EQ(Pack().spaces().front().id, "dlib-resnet-v1+mirror");
  EXPECT_FALSE(Pack().operating_points().empty());
  EXPECT_EQ(Pack().models_digest().size(), 64U);
}

TEST_F(ModelPackTest, HasAThousandSyntheticFacesThatAreNobodys) {
  const auto yardstick = Pack().yardstick();
  ASSERT_NE(yardstick, nullptr);
  EXPECT_EQ(yardstick->cohort->size(), 1'000);
  EXPECT_EQ(yardstick->cohort->dimension(), 128);
  EXPECT_GT(yardstick->line.slope, 0);
}

TEST_F(ModelPackTest, ASpaceWithoutAYardstickHasNone) {
  const auto manifest = ManifestWith("\"yardstick\"", "\"unused\"");
  EXPECT_EQ(ModelPack::Open(manifest, folder_).value()->yardstick(), nullptr);
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
    const std::string strange = known.ends_with("package") ? "onnx\",\n      \"package"
                                : known.ends_with("\"")    ? "onnx\""
                                                           : "onnx";
    const Error error = OpenError(ManifestWith(known, strange));
    EXPECT_EQ(error.reason, Reason::kConfigInvalid) << known;
    EXPECT_THAT(error.message, HasSubstr("onnx"));
  }
}

TEST_F(ModelPackTest, RefusesASpaceThatTheNetworkDoesNotGive) {
  EXPECT_EQ(OpenError(ManifestWith("\"dimension\": 128", "\"dimension\": 512")).reason,
            Reason::kModelMismatch);
}

TEST_F(ModelPackTest, RefusesASecondSpaceUntilItCanServeTwo) {
  const std::string second =
      R"("spaces": [ {"id": "second", "file": "dlib-resnet-v1", "dimension": 128,
          "chip": {"side_px": 150, "padding": 0.25},
          "alignment": "five points, steady, upright", "template": "mean of chip and mirror"}, )";
  const Error error = OpenError(ManifestWith("\"spaces\": [", second));
  EXPECT_EQ(error.reason, Reason::kConfigInvalid);
  EXPECT_THAT(error.message, HasSubstr("exactly one"));
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
  EXPECT_EQ(first.front().face_template->vector, second.front().face_template->vector);
  EXPECT_EQ(first.front().face_template->space_id, "dlib-resnet-v1+mirror");
}

}  // namespace
}  // namespace homeward
