#include "models/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/models/face_samples.h"

namespace homeward {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::ManifestFile;
using ::testing::UnorderedElementsAre;

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

// The shipped manifest with one more fact about its first space.
std::string WithFact(const std::string& fact) {
  return With("\"dimension\": 128", "\"dimension\": 128, " + fact);
}

std::string DigestOf(const std::string& json, std::size_t space = 0) {
  const Manifest manifest = ParseManifest(json).value();
  return ModelsDigest(manifest, manifest.spaces.at(space));
}

// A second space with a network of its own that no package has.
std::string WithSecond() {
  std::string text = With("\"files\": [", R"("files": [{"id": "own", "role": "embedder",
      "format": "onnx", "path": "own.onnx", "licence": "MIT",
      "sha256": "0000000000000000000000000000000000000000000000000000000000000001"}, )");
  const std::string at = "\"spaces\": [";
  return text.replace(text.find(at), at.size(), R"("spaces": [{"id": "second", "file": "own",
      "dimension": 512, "metric": "cosine", "chip": {"side_px": 112, "padding": 0.1},
      "preprocessing": {"channels": "bgr", "mean": [127.5, 127, 126], "scale": 0.0078125},
      "alignment": "five points, steady, upright", "template": "mean of chip and mirror"}, )");
}

TEST(ManifestTest, TheShippedOneIsValid) {
  const auto manifest = ReadManifest(ManifestFile());
  ASSERT_TRUE(manifest) << manifest.error().message;
  ASSERT_FALSE(manifest->spaces.empty());
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

TEST(ManifestTest, TheShippedFusionHasAnOperatingPoint) {
  const auto manifest = ReadManifest(ManifestFile());
  ASSERT_TRUE(manifest);
  ASSERT_EQ(manifest->fusions.size(), 1U);
  const Fusion& fusion = manifest->fusions.front();
  EXPECT_THAT(fusion.space_ids, ElementsAre("dlib-resnet-v1+mirror", "facenet-20180408+mirror"));
  const auto point =
      std::ranges::find(manifest->operating_points, fusion.id, &OperatingPoint::space_id);
  ASSERT_NE(point, manifest->operating_points.end());
  EXPECT_GE(point->fpir, fusion.line.least_chance);
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
        Broken{"UnknownMetric", WithFact("\"metric\": \"manhattan\""), "metric is neither"},
        Broken{"UnknownChannels", WithFact(R"("preprocessing": {"channels": "grey"})"),
               "channels is neither rgb nor bgr"},
        Broken{"NoChannels", WithFact(R"("preprocessing": {"scale": 1})"), "spaces[0]: "},
        Broken{"PreprocessingAsText", WithFact(R"("preprocessing": "rgb")"), "not an object"},
        Broken{"TwoMeans", WithFact(R"("preprocessing": {"channels": "rgb", "mean": [1, 2]})"),
               "mean is not a list of three"},
        Broken{"MeanOfText",
               WithFact(R"("preprocessing": {"channels": "rgb", "mean": [1, 2, "3"]})"),
               "mean is not a list of three"},
        Broken{"ScaleOfZero", WithFact(R"("preprocessing": {"channels": "rgb", "scale": 0})"),
               "scale is not above 0"},
        Broken{"StandardisedTwice",
               WithFact(R"("preprocessing": {"channels": "rgb", "standardise": true, "scale": 2})"),
               "standardise takes the place"},
        Broken{"StandardisedPerhaps",
               WithFact(R"("preprocessing": {"channels": "rgb", "standardise": 1})"),
               "standardise is neither true nor false"},
        Broken{"PreprocessingThatIsNoSuchThing",
               WithFact(R"("preprocessing": {"channels": "rgb", "std": 2})"), "there is no std"},
        Broken{"HugeChip", With("\"side_px\": 150", "\"side_px\": 2000"), "side_px is above 1024"},
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

TEST(ManifestTest, ASpaceSaysHowItsNetworkWantsItsPixels) {
  const Manifest manifest = ParseManifest(WithSecond()).value();
  const SpaceEntry& second = manifest.spaces.front();
  EXPECT_EQ(second.space.metric, Metric::kCosine);
  ASSERT_TRUE(second.preprocessing);
  EXPECT_EQ(*second.preprocessing,
            (Preprocessing{
                .channels = ChannelOrder::kBgr, .mean = {127.5, 127, 126}, .scale = 0.0078125}));
  EXPECT_EQ(manifest.spaces.at(1).space.metric, Metric::kEuclidean);
  EXPECT_FALSE(manifest.spaces.at(1).preprocessing);
}

// A manifest of two spaces with yardsticks, whose one fusion is changed by `change`.
std::string WithFusion(const std::function<void(nlohmann::json&)>& change) {
  auto manifest = nlohmann::json::parse(WithSecond());
  const auto shipped = std::ranges::find_if(
      manifest["spaces"], [](const auto& space) { return space["id"] != "second"; });
  const nlohmann::json yardstick = (*shipped)["yardstick"];
  manifest["spaces"][0]["yardstick"] = yardstick;
  manifest["spaces"].push_back(*shipped);
  manifest["spaces"].back()["id"] = "bare";
  manifest["spaces"].back().erase("yardstick");
  nlohmann::json fusion = yardstick;
  fusion.update({{"id", "both"}, {"spaces", {(*shipped)["id"], "second"}}});
  change(fusion);
  manifest["fusions"] = {fusion};
  manifest["operating_points"] = {manifest["operating_points"][0]};
  return manifest.dump();
}

TEST(ManifestTest, AFusionNamesItsSpacesInOrderAndHasALineOfItsOwn) {
  const auto manifest = ParseManifest(WithFusion([](auto& fusion) { fusion["slope"] = 0.7; }));
  ASSERT_TRUE(manifest) << manifest.error().message;
  ASSERT_EQ(manifest->fusions.size(), 1U);
  const Fusion& fusion = manifest->fusions.front();
  EXPECT_THAT(fusion.space_ids, ElementsAre("dlib-resnet-v1+mirror", "second"));
  EXPECT_EQ(fusion.line.slope, 0.7);
  const auto spaces = FindSpacesOf(*manifest, "both").value();
  ASSERT_EQ(spaces.size(), 2U);
  EXPECT_EQ(spaces[0].space.id, "dlib-resnet-v1+mirror");
  EXPECT_EQ(spaces[1].space.id, "second");
  EXPECT_EQ(FindSpacesOf(*manifest, "second").value().size(), 1U);
  EXPECT_THAT(FindSpacesOf(*manifest, "third").error().message, HasSubstr("both"));
}

struct BrokenFusion {
  std::string said;
  std::function<void(nlohmann::json&)> change;
};

class BrokenFusionTest : public ::testing::TestWithParam<BrokenFusion> {};

TEST_P(BrokenFusionTest, IsRefusedInWords) {
  const auto manifest = ParseManifest(WithFusion(GetParam().change));
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(manifest.error().message,
              AllOf(HasSubstr("fusions[0]: "), HasSubstr(GetParam().said)));
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenFusionTest,
    ::testing::Values(
        BrokenFusion{"space is not listed: third",
                     [](auto& fusion) { fusion["spaces"].push_back("third"); }},
        BrokenFusion{"the space is named twice: second",
                     [](auto& fusion) { fusion["spaces"].push_back("second"); }},
        BrokenFusion{"the space has no yardstick: bare",
                     [](auto& fusion) { fusion["spaces"].push_back("bare"); }},
        BrokenFusion{"fewer than two", [](auto& fusion) { fusion["spaces"].erase(1); }},
        BrokenFusion{"spaces is not a list", [](auto& fusion) { fusion["spaces"] = "second"; }},
        BrokenFusion{"a space has this id: second", [](auto& fusion) { fusion["id"] = "second"; }},
        BrokenFusion{"slope is not above 0", [](auto& fusion) { fusion["slope"] = 0; }},
        BrokenFusion{"ratio_min is not from 0 to 1",
                     [](auto& fusion) { fusion["ratio_min"] = 1.5; }},
        BrokenFusion{"ratio_max is below 1", [](auto& fusion) { fusion["ratio_max"] = 0.5; }},
        BrokenFusion{"least_chance", [](auto& fusion) { fusion.erase("least_chance"); }}));

TEST(ManifestTest, AnOperatingPointMayBeOfAFusion) {
  auto json = nlohmann::json::parse(WithFusion([](auto&) {}));
  json["operating_points"][0]["space"] = "both";
  EXPECT_TRUE(ParseManifest(json.dump()));
  json["operating_points"][0]["space"] = "neither";
  EXPECT_FALSE(ParseManifest(json.dump()));
}

TEST(ManifestTest, TheFirstSpaceIsMeantUnlessOneIsNamed) {
  const Manifest manifest = ParseManifest(WithSecond()).value();
  EXPECT_EQ(FindSpace(manifest, "")->space.id, "second");
  EXPECT_EQ(FindSpace(manifest, "dlib-resnet-v1+mirror")->space.id, "dlib-resnet-v1+mirror");
  const auto none = FindSpace(manifest, "third");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(none.error().message, HasSubstr("third"));
  EXPECT_THAT(none.error().message, HasSubstr("second, dlib-resnet-v1+mirror"));
}

TEST(ManifestTest, ASpaceNeedsNoFilesOfAnother) {
  const Manifest manifest = ParseManifest(WithSecond()).value();
  const auto names = [&](const char* space) {
    std::vector<std::string> all;
    for (const ModelFile& file : FilesOf(manifest, FindSpace(manifest, space).value())) {
      all.push_back(file.id);
    }
    return all;
  };
  EXPECT_THAT(names("second"), UnorderedElementsAre("own", "dlib-landmarks-5", "dlib-mmod"));
  EXPECT_THAT(names("dlib-resnet-v1+mirror"),
              UnorderedElementsAre("dlib-resnet-v1", "dlib-landmarks-5", "dlib-mmod"));
}

TEST(ManifestTest, TheDigestIsOfWhatDecidesATemplate) {
  const std::string shipped = DigestOf(Shipped());
  // Data folders hold it: it may not change while templates do not.
  EXPECT_EQ(shipped, "007259f2315d00d715d66170d045a2e0aa7a816dfeb6f0b267f63736894a5bcc");
  EXPECT_NE(shipped, DigestOf(With("55533b28", "55533b29")));  // other weights
  EXPECT_NE(shipped, DigestOf(With("4cb19393", "4cb19394")));  // another detector
  EXPECT_NE(shipped, DigestOf(With("0.25", "0.3")));
  EXPECT_NE(shipped, DigestOf(With("steady, upright", "as detected")));
  EXPECT_NE(shipped, DigestOf(With("mean of chip and mirror", "chip")));
  EXPECT_NE(shipped, DigestOf(WithFact("\"metric\": \"cosine\"")));
  EXPECT_EQ(shipped, DigestOf(WithFact("\"metric\": \"euclidean\"")));  // as it was
  EXPECT_EQ(shipped, DigestOf(With("0.376", "0.4")));  // a threshold changes no template
  EXPECT_EQ(shipped, DigestOf(With("2026-11-01", "2026-12-01")));
  EXPECT_EQ(shipped, DigestOf(With("0.3.0\"", "0.3.1\"")));  // the same bytes from elsewhere
}

TEST(ManifestTest, TheDigestCoversPreprocessing) {
  const auto with = [](const std::string& preprocessing) {
    return DigestOf(WithFact("\"preprocessing\": " + preprocessing));
  };
  const std::string rgb = with(R"({"channels": "rgb"})");
  EXPECT_NE(rgb, DigestOf(Shipped()));
  EXPECT_NE(rgb, with(R"({"channels": "bgr"})"));
  EXPECT_NE(rgb, with(R"({"channels": "rgb", "scale": 2})"));
  EXPECT_NE(rgb, with(R"({"channels": "rgb", "mean": [0, 0, 1]})"));
  EXPECT_NE(rgb, with(R"({"channels": "rgb", "standardise": true})"));
  EXPECT_EQ(rgb, with(R"({"channels": "rgb", "mean": [0, 0, 0], "scale": 1})"));  // the defaults
}

TEST(ManifestTest, TheDigestOfASpaceDoesNotDependOnOthers) {
  EXPECT_EQ(DigestOf(WithSecond(), 1), DigestOf(Shipped()));
  EXPECT_NE(DigestOf(WithSecond(), 0), DigestOf(Shipped()));
}

}  // namespace
}  // namespace homeward
