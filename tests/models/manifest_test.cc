#include "models/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "tests/models/face_samples.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;
using testing::ManifestFile;

std::string Shipped() {
  const auto bytes = testing::ReadFile(ManifestFile());
  return {bytes.begin(), bytes.end()};
}

// The shipped manifest with the first `from` replaced.
std::string With(const std::string& from, const std::string& to) {
  std::string text = Shipped();
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("the manifest has no " + from);
  return text.replace(at, from.size(), to);
}

TEST(ManifestTest, TheShippedOneIsValid) {
  const auto manifest = ReadManifest(ManifestFile());
  ASSERT_TRUE(manifest) << manifest.error().message;
  ASSERT_EQ(manifest->spaces.size(), 1U);
  const SpaceEntry& space = manifest->spaces.front();
  EXPECT_EQ(space.space.id, "dlib-resnet-v1+mirror");
  EXPECT_EQ(space.space.dimension, 128);
  EXPECT_EQ(space.chip, (ChipGeometry{.side_px = 150, .padding = 0.25}));
  EXPECT_THAT(space.space.model,
              HasSubstr("dlib_face_recognition_resnet_model_v1.dat sha256:5553"));
}

TEST(ManifestTest, EveryOperatingPointSaysWhatItWasMeasuredOn) {
  const auto manifest = ReadManifest(ManifestFile());
  ASSERT_TRUE(manifest);
  ASSERT_FALSE(manifest->operating_points.empty());
  for (const OperatingPoint& point : manifest->operating_points) {
    EXPECT_GT(point.gallery_size, 0);
    EXPECT_FALSE(point.data.empty());
  }
}

TEST(ManifestTest, TheShippedYardstickTellsWhatIsMissed) {
  const auto manifest = ReadManifest(ManifestFile());
  ASSERT_TRUE(manifest);
  const auto& yardstick = manifest->spaces.front().yardstick;
  ASSERT_TRUE(yardstick && yardstick->miss_curve);
  EXPECT_GT(yardstick->miss_curve->needed_score, 0);
  EXPECT_EQ(yardstick->miss_curve->adults.back(), (MissStep{16, 0.4}));
}

TEST(ManifestTest, AYardstickNeedsNoMissCurve) {
  const auto manifest = ParseManifest(With("\"miss_curve\"", "\"unused\""));
  ASSERT_TRUE(manifest);
  EXPECT_FALSE(manifest->spaces.front().yardstick->miss_curve);
}

TEST(ManifestTest, EveryFileHasTheNameItHasInTheFolderOfWeights) {
  const auto manifest = ReadManifest(ManifestFile());
  ASSERT_TRUE(manifest);
  for (const ModelFile& file : manifest->files) {
    EXPECT_TRUE(file.path.ends_with("/" + file.file_name)) << file.path;
  }
}

TEST(ManifestTest, AFileThatCannotBeReadIsNamed) {
  const auto manifest = ReadManifest("/nowhere/manifest.json");
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(manifest.error().message, HasSubstr("/nowhere/manifest.json"));
}

struct Broken {
  std::string what;
  std::string json;
  std::string told;  // part of the message
};

class BrokenManifestTest : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenManifestTest, IsRefusedNamingTheEntry) {
  const auto manifest = ParseManifest(GetParam().json);
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(manifest.error().message, HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    ManifestTest, BrokenManifestTest,
    ::testing::Values(
        Broken{"Empty", "", "parse error"}, Broken{"AList", "[]", "not a JSON object"},
        Broken{"NoLists", "{}", "packages is not a list"},
        Broken{"MissingKey", With("\"licence\"", "\"license\""), "packages[0]: "},
        Broken{"ShortDigest", With("55533b28", ""), "files[0]: sha256 is not 64"},
        Broken{"UpperCaseDigest", With("55533b28", "55533B28"), "files[0]: sha256 is not 64"},
        Broken{"DigestOfAnotherType", With("\"sha256\": \"b7", "\"sha256\": 7, \"x\": \"b7"),
               "packages[0]: "},
        Broken{"NegativeSize", With("\"dimension\": 128", "\"dimension\": -1"),
               "spaces[0]: dimension is not a whole number"},
        Broken{"FractionalSize", With("\"dimension\": 128", "\"dimension\": 1.5"),
               "spaces[0]: dimension is not a whole number"},
        Broken{"HugeDimension", With("128,", "5000000000,"), "spaces[0]: dimension is not"},
        Broken{"UnknownRole", With("\"landmarker\"", "\"oracle\""), "files[1]: role is none of"},
        Broken{"TwoEmbeddersNoDetector", With("\"role\": \"detector\"", "\"role\": \"embedder\""),
               "files: not exactly one detector"},
        Broken{"UnknownPackage", With("\"package\": \"face", "\"package\": \"fare"),
               "files[0]: package is not listed"},
        Broken{"FileTwice", With("\"id\": \"dlib-mmod\"", "\"id\": \"dlib-resnet-v1\""),
               "files[2]: listed twice"},
        Broken{"TwoFilesOfOneName",
               With("models/mmod_human_face_detector.dat", "shape_predictor_5_face_landmarks.dat"),
               "files[2]: another file has the same name"},
        Broken{"PathToAFolder", With("/mmod_human_face_detector.dat", "/"), "files[2]: path names"},
        Broken{"PathUpwards", With("/mmod_human_face_detector.dat", "/.."), "files[2]: path names"},
        Broken{"SpaceOfADetector", With("\"file\": \"dlib-resnet-v1\"", "\"file\": \"dlib-mmod\""),
               "spaces[0]: file is not a listed embedder"},
        Broken{"FlatLine", With("\"slope\": 1.46", "\"slope\": 0"), "spaces[0]: slope"},
        Broken{"LineWithoutItsData", With("\"data\": \"6,972", "\"date\": \"6,972"), "spaces[0]: "},
        Broken{"MissesThatFallWithTheScore",
               With("\"needed_score\": 0.645", "\"needed_score\": -1"),
               "spaces[0]: miss_curve: needed_score is below 0"},
        Broken{"WorseForBeingSharp", With("\"sharpness\": -", "\"sharpness\": "),
               "spaces[0]: miss_curve: sharpness is above 0"},
        Broken{"MissRateAboveOne", With("\"miss_rate\": 0.84", "\"miss_rate\": 1.84"),
               "spaces[0]: miss_curve: miss_rate is not within 0 and 1"},
        Broken{"YearsThatDoNotAscend", With("\"from_years\": 11", "\"from_years\": 0"),
               "spaces[0]: miss_curve: children do not ascend"},
        Broken{"MissCurveWithoutItsData",
               With("\"data\": \"Searches for", "\"date\": \"Searches for"),
               "spaces[0]: miss_curve: "},
        Broken{"PaddingOutOfRange", With("0.25", "-0.25"), "spaces[0]: padding"},
        Broken{"EmptyText", With("\"five points, steady, upright\"", "\"\""),
               "spaces[0]: alignment is empty"},
        Broken{"UnknownSpace", With("\"space\": \"dlib", "\"space\": \"other"),
               "operating_points[0]: space is not listed"},
        Broken{"ThresholdOfZero", With("0.376", "0"), "operating_points[0]: threshold"},
        Broken{"FpirOfOne", With("\"fpir\": 0.01", "\"fpir\": 1"), "operating_points[0]: fpir"}),
    [](const auto& broken) { return broken.param.what; });

TEST(ManifestTest, TheDigestIsOfWhatDecidesATemplate) {
  const auto digest_of = [](const std::string& json) {
    return ModelsDigest(ParseManifest(json).value());
  };
  const std::string shipped = digest_of(Shipped());
  EXPECT_EQ(shipped.size(), 64U);
  EXPECT_NE(shipped, digest_of(With("55533b28", "55533b29")));  // other weights
  EXPECT_NE(shipped, digest_of(With("4cb19393", "4cb19394")));  // another detector
  EXPECT_NE(shipped, digest_of(With("0.25", "0.3")));
  EXPECT_NE(shipped, digest_of(With("steady, upright", "as detected")));
  EXPECT_NE(shipped, digest_of(With("mean of chip and mirror", "chip")));
  EXPECT_EQ(shipped, digest_of(With("0.376", "0.4")));  // a threshold changes no template
  EXPECT_EQ(shipped, digest_of(With("2026-11-01", "2026-12-01")));
  EXPECT_EQ(shipped, digest_of(With("0.3.0\"", "0.3.1\"")));  // the same bytes from elsewhere
}

}  // namespace
}  // namespace homeward
