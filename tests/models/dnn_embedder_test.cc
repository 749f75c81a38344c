#include "models/dnn_embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <opencv2/core/utils/logger.hpp>
#include <random>
#include <string>

#include "tests/models/onnx_file.h"

namespace homeward {
namespace {

using ::testing::AllOf;
using testing::ChannelMeans;
using ::testing::HasSubstr;
using testing::OnnxFile;
using testing::OnnxNetwork;
using testing::PickedNumbers;

// What it logs, it also throws, and the tests below make it throw a thousand times.
const auto kQuiet = cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);

constexpr int kSide = 8;
const ChipGeometry kChip{.side_px = kSide, .padding = 0.25};
const Preprocessing kAsIs{.channels = ChannelOrder::kBgr};
const std::vector<float> kIdentity = {1, 0, 0, 0, 1, 0, 0, 0, 1};

Space SpaceOf(int dimension) { return {.id = "made", .model = "test", .dimension = dimension}; }

Result<std::unique_ptr<DnnEmbedder>> Load(const OnnxNetwork& network, int dimension,
                                          const Preprocessing& preprocessing = kAsIs,
                                          const ChipGeometry& chip = kChip) {
  return DnnEmbedder::Load(DnnFormat::kOnnx, OnnxFile(network), SpaceOf(dimension), chip,
                           preprocessing);
}

Error LoadError(const OnnxNetwork& network, int dimension, const ChipGeometry& chip = kChip) {
  const auto loaded = Load(network, dimension, kAsIs, chip);
  return loaded ? Error{} : loaded.error();
}

cv::Mat RandomChip(std::uint64_t seed) {
  cv::Mat chip(kSide, kSide, CV_8UC3);
  cv::RNG random(seed);
  random.fill(chip, cv::RNG::UNIFORM, 0, 256);
  return chip;
}

std::vector<float> EmbedOne(FaceEmbedder& embedder, const cv::Mat& chip) {
  return embedder.Embed(std::span(&chip, 1)).value().front();
}

void ExpectNear(const std::vector<float>& given, const std::vector<double>& expected) {
  ASSERT_EQ(given.size(), expected.size());
  for (std::size_t i = 0; i < given.size(); ++i) EXPECT_NEAR(given[i], expected[i], 1e-4) << i;
}

TEST(DnnEmbedderTest, TakesChannelsInTheOrderAskedFor) {
  const cv::Mat chip(kSide, kSide, CV_8UC3, cv::Scalar(10, 20, 30));
  auto bgr = Load(ChannelMeans(kSide, kIdentity), 3).value();
  ExpectNear(EmbedOne(*bgr, chip), {10, 20, 30});
  auto rgb = Load(ChannelMeans(kSide, kIdentity), 3, {.channels = ChannelOrder::kRgb}).value();
  ExpectNear(EmbedOne(*rgb, chip), {30, 20, 10});
}

TEST(DnnEmbedderTest, TakesTheMeanOfEachChannelInThatOrderAndThenScales) {
  const cv::Mat chip(kSide, kSide, CV_8UC3, cv::Scalar(10, 20, 30));
  Preprocessing shift{.channels = ChannelOrder::kRgb, .mean = {1, 2, 3}, .scale = 0.5};
  auto rgb = Load(ChannelMeans(kSide, kIdentity), 3, shift).value();
  ExpectNear(EmbedOne(*rgb, chip), {14.5, 9, 3.5});
  shift.channels = ChannelOrder::kBgr;
  auto bgr = Load(ChannelMeans(kSide, kIdentity), 3, shift).value();
  ExpectNear(EmbedOne(*bgr, chip), {4.5, 9, 13.5});
}

// Mean and deviation over all numbers of the chip, as FaceNet's prewhitening has it.
TEST(DnnEmbedderTest, StandardisesEachChipByItself) {
  const std::array<cv::Mat, 2> chips = {RandomChip(7), RandomChip(8) / 3};
  const Preprocessing standardise{.channels = ChannelOrder::kRgb, .standardise = true};
  auto embedder = Load(ChannelMeans(kSide, kIdentity), 3, standardise).value();
  const auto vectors = embedder->Embed(chips).value();
  for (std::size_t i = 0; i < chips.size(); ++i) {
    std::array<double, 3> sums{};
    double sum = 0, squares = 0;
    for (const cv::Vec3b& pixel : cv::Mat_<cv::Vec3b>(chips[i])) {
      for (int channel = 0; channel < 3; ++channel) {
        sums.at(static_cast<std::size_t>(channel)) += pixel[channel];
        sum += pixel[channel];
        squares += pixel[channel] * pixel[channel];
      }
    }
    constexpr double kPixels = kSide * kSide;
    const double mean = sum / (3 * kPixels);
    const double deviation = std::sqrt(squares / (3 * kPixels) - mean * mean);
    ExpectNear(vectors[i],
               {(sums[2] / kPixels - mean) / deviation, (sums[1] / kPixels - mean) / deviation,
                (sums[0] / kPixels - mean) / deviation});
  }
}

TEST(DnnEmbedderTest, AChipOfOneColourIsStandardisedToZeros) {
  const cv::Mat chip(kSide, kSide, CV_8UC3, cv::Scalar(77, 77, 77));
  auto embedder = Load(ChannelMeans(kSide, kIdentity), 3, {.standardise = true}).value();
  ExpectNear(EmbedOne(*embedder, chip), {0, 0, 0});
}

TEST(DnnEmbedderTest, EveryPixelLiesWhereTheNetworkExpectsIt) {
  const std::array places = {0, 1, kSide, kSide * kSide + 2 * kSide + 5, 3 * kSide * kSide - 1};
  auto embedder = Load(PickedNumbers(kSide, places), 5).value();
  const cv::Mat_<cv::Vec3b> chip = RandomChip(9);
  ExpectNear(EmbedOne(*embedder, chip),
             {double(chip(0, 0)[0]), double(chip(0, 1)[0]), double(chip(1, 0)[0]),
              double(chip(2, 5)[1]), double(chip(kSide - 1, kSide - 1)[2])});
}

TEST(DnnEmbedderTest, AVectorIsTheMatrixTimesTheMeans) {
  auto embedder = Load(ChannelMeans(kSide, {1, 2, 3, -1, 0, 0.5F}), 2).value();
  const cv::Mat chip(kSide, kSide, CV_8UC3, cv::Scalar(10, 20, 30));
  ExpectNear(EmbedOne(*embedder, chip), {140, 5});
}

TEST(DnnEmbedderTest, AVectorDependsNeitherOnItsBatchNorOnItsPlaceInIt) {
  const std::array places = {3, 70, 140, 190};
  for (const auto& [network, dimension] :
       {std::pair(ChannelMeans(kSide, kIdentity), 3), std::pair(PickedNumbers(kSide, places), 4)}) {
    auto embedder = Load(network, dimension).value();
    std::vector<cv::Mat> chips;
    for (std::uint64_t i = 0; i < 37; ++i) chips.push_back(RandomChip(i));  // more than a batch
    const auto together = embedder->Embed(chips).value();
    ASSERT_EQ(together.size(), chips.size());
    for (std::size_t i = 0; i < chips.size(); ++i) {
      const auto alone = EmbedOne(*embedder, chips[i]);
      ExpectNear(together[i], {alone.begin(), alone.end()});
    }
  }
}

// A constant that only fits one picture, as exporters like to write it.
TEST(DnnEmbedderTest, ANetworkWrittenForOnePictureIsGivenOneAtATime) {
  OnnxNetwork network = PickedNumbers(kSide, std::array{3, 70});
  network.nodes.push_back({"Add", {"vector", "offset"}, "shifted"});
  network.weights.push_back({"offset", {1, 2}, {100, 200}});
  network.outputs = {"shifted"};
  auto embedder = Load(network, 2).value();
  const std::array<cv::Mat, 3> chips = {RandomChip(1), RandomChip(2), RandomChip(3)};
  const auto vectors = embedder->Embed(chips).value();
  for (std::size_t i = 0; i < chips.size(); ++i) {
    const cv::Mat_<cv::Vec3b> chip = chips[i];
    ExpectNear(vectors[i], {100.0 + chip(0, 3)[0], 200.0 + chip(0, 6)[1]});
  }
}

TEST(DnnEmbedderTest, ACopyGivesTheSameVectorsAndOutlivesTheOriginal) {
  auto embedder = Load(ChannelMeans(kSide, kIdentity), 3).value();
  const auto expected = EmbedOne(*embedder, RandomChip(4));
  const auto copy = embedder->Copy().value();
  embedder.reset();
  EXPECT_EQ(copy->space(), SpaceOf(3));
  EXPECT_EQ(EmbedOne(*copy, RandomChip(4)), expected);
}

TEST(DnnEmbedderTest, WeightsThatAreListedAsInputsAreNone) {
  OnnxNetwork network = ChannelMeans(kSide, kIdentity);
  network.weights_are_inputs = true;
  EXPECT_TRUE(Load(network, 3));
}

TEST(DnnEmbedderTest, ASizeThatTheFileLeavesOpenIsTheChips) {
  OnnxNetwork network = ChannelMeans(kSide, kIdentity);
  network.input_sizes = {0, 3, 0, 0};
  auto embedder = Load(network, 3).value();
  ExpectNear(EmbedOne(*embedder, cv::Mat(kSide, kSide, CV_8UC3, cv::Scalar(1, 2, 3))), {1, 2, 3});
}

TEST(DnnEmbedderTest, RefusesAnOutputOfAnotherSizeSayingWhatCame) {
  const Error error = LoadError(ChannelMeans(kSide, kIdentity), 128);
  EXPECT_EQ(error.reason, Reason::kModelMismatch);
  EXPECT_THAT(error.message, AllOf(HasSubstr("made"), HasSubstr("1 x 3"), HasSubstr("128")));
}

TEST(DnnEmbedderTest, RefusesAnInputOfAnotherSizeSayingWhatIsExpected) {
  const ChipGeometry large{.side_px = 12, .padding = 0.25};
  for (const OnnxNetwork& network :
       {ChannelMeans(kSide, kIdentity), PickedNumbers(kSide, std::array{0, 1, 2})}) {
    const Error error = LoadError(network, 3, large);
    EXPECT_EQ(error.reason, Reason::kModelMismatch);
    EXPECT_THAT(error.message, AllOf(HasSubstr("3 x 8 x 8"), HasSubstr("3 x 12 x 12")));
  }
  OnnxNetwork grey = ChannelMeans(kSide, kIdentity);
  grey.input_sizes = {1, 1, kSide, kSide};
  EXPECT_THAT(LoadError(grey, 3).message, HasSubstr("1 x 8 x 8"));
  grey.input_sizes = {};
  EXPECT_EQ(LoadError(grey, 3).reason, Reason::kModelMismatch);
}

TEST(DnnEmbedderTest, RefusesANetworkWhoseWeightsDoNotFitTogether) {
  OnnxNetwork network = ChannelMeans(kSide, kIdentity);
  network.weights[0].sizes = {1, 9};
  EXPECT_EQ(LoadError(network, 1).reason, Reason::kModelMismatch);
  network.weights.clear();
  EXPECT_EQ(LoadError(network, 3).reason, Reason::kModelMismatch);
}

TEST(DnnEmbedderTest, RefusesATensorThatHasFewerValuesThanItSays) {
  OnnxNetwork network = ChannelMeans(kSide, kIdentity);
  network.weights[0].values.resize(4);
  EXPECT_THAT(LoadError(network, 3).message, HasSubstr("as many values as its sizes say"));
  network.weights[0].sizes = {1 << 30, 1 << 30};
  EXPECT_THAT(LoadError(network, 3).message, HasSubstr("too large"));
}

TEST(DnnEmbedderTest, RefusesTwoOutputs) {
  OnnxNetwork network = ChannelMeans(kSide, kIdentity);
  network.nodes.push_back({"Relu", {"means"}, "other"});
  network.outputs = {"vector", "other"};
  EXPECT_THAT(LoadError(network, 3).message, HasSubstr("2 outputs"));
}

TEST(DnnEmbedderTest, RefusesNumbersThatAreNotFinite) {
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    auto matrix = kIdentity;
    matrix[4] = bad;
    const Error error = LoadError(ChannelMeans(kSide, matrix), 3);
    EXPECT_EQ(error.reason, Reason::kModelMismatch);
    EXPECT_THAT(error.message, HasSubstr("not finite"));
  }
}

TEST(DnnEmbedderTest, RefusesAnOperationThatNobodyKnows) {
  OnnxNetwork network = ChannelMeans(kSide, kIdentity);
  network.nodes[0].operation = "Conjure";
  EXPECT_EQ(LoadError(network, 3).reason, Reason::kModelMismatch);
}

TEST(DnnEmbedderTest, RefusesEveryTruncationOfAFile) {
  const std::string file = OnnxFile(ChannelMeans(kSide, kIdentity));
  for (std::size_t size = 0; size < file.size(); ++size) {
    const auto loaded =
        DnnEmbedder::Load(DnnFormat::kOnnx, file.substr(0, size), SpaceOf(3), kChip, kAsIs);
    // Only what comes after the graph, the version of the operations, may be cut away.
    if (loaded) {
      EXPECT_GE(size, file.size() - 6);
    } else {
      EXPECT_EQ(loaded.error().reason, Reason::kModelMismatch) << size;
    }
  }
}

TEST(DnnEmbedderTest, RandomBytesAreRefusedAndDamagedFilesAreNeverFatal) {
  std::mt19937 random(5);
  const auto number = [&](std::size_t below) { return random() % below; };
  const std::string file = OnnxFile(ChannelMeans(kSide, kIdentity));
  for (int round = 0; round < 300; ++round) {
    std::string noise(number(300), '\0');
    for (char& each : noise) each = static_cast<char>(random());
    for (const DnnFormat format : {DnnFormat::kOnnx, DnnFormat::kTensorflow}) {
      const auto loaded = DnnEmbedder::Load(format, noise, SpaceOf(3), kChip, kAsIs);
      ASSERT_FALSE(loaded);
      EXPECT_EQ(loaded.error().reason, Reason::kModelMismatch);
    }
    std::string damaged = file;
    damaged[number(file.size())] = static_cast<char>(random());
    const auto loaded = DnnEmbedder::Load(DnnFormat::kOnnx, damaged, SpaceOf(3), kChip, kAsIs);
    EXPECT_TRUE(loaded || loaded.error().reason == Reason::kModelMismatch);
  }
}

TEST(DnnEmbedderTest, OneFormatIsNotTakenForTheOther) {
  const std::string file = OnnxFile(ChannelMeans(kSide, kIdentity));
  const auto loaded = DnnEmbedder::Load(DnnFormat::kTensorflow, file, SpaceOf(3), kChip, kAsIs);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().reason, Reason::kModelMismatch);
}

TEST(DnnEmbedderTest, AChipOfAnotherShapeIsAnErrorAndNoException) {
  auto embedder = Load(ChannelMeans(kSide, kIdentity), 3).value();
  const std::array<cv::Mat, 1> small = {cv::Mat(4, kSide, CV_8UC3, cv::Scalar::all(0))};
  EXPECT_EQ(embedder->Embed(small).error().reason, Reason::kInternal);
  const std::array<cv::Mat, 1> grey = {cv::Mat(kSide, kSide, CV_8UC1, cv::Scalar::all(0))};
  EXPECT_EQ(embedder->Embed(grey).error().reason, Reason::kInternal);
  EXPECT_TRUE(embedder->Embed({})->empty());
}

}  // namespace
}  // namespace homeward
