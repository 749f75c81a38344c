#include "models/onnx_input.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "tests/models/onnx_file.h"

namespace homeward {
namespace {

using Sizes = std::vector<std::vector<int>>;
using testing::ChannelMeans;
using testing::OnnxFile;
using testing::OnnxNetwork;
using testing::ProtoMessage;

const std::vector<float> kIdentity = {1, 0, 0, 0, 1, 0, 0, 0, 1};

TEST(OnnxInputTest, TellsTheSizesOfWhatTheFileDoesNotFill) {
  OnnxNetwork network = ChannelMeans(8, kIdentity);
  EXPECT_EQ(OnnxInputs(OnnxFile(network)).value(), Sizes({{1, 3, 8, 8}}));
  network.weights_are_inputs = true;
  EXPECT_EQ(OnnxInputs(OnnxFile(network)).value(), Sizes({{1, 3, 8, 8}}));
  network.weights.clear();
  EXPECT_EQ(OnnxInputs(OnnxFile(network)).value().size(), 1U);
}

TEST(OnnxInputTest, ASizeByNameOrBelowZeroIsOpen) {
  OnnxNetwork network = ChannelMeans(8, kIdentity);
  network.input_sizes = {0, 3, -1, 8};
  EXPECT_EQ(OnnxInputs(OnnxFile(network)).value(), Sizes({{kAnySize, 3, kAnySize, 8}}));
}

// A file whose only tensor is this one.
bool IsTaken(const ProtoMessage& tensor) {
  return OnnxInputs(ProtoMessage().Message(7, ProtoMessage().Message(5, tensor)).bytes())
      .has_value();
}

TEST(OnnxInputTest, ATensorHasAsManyValuesAsItsSizesSayHoweverTheyAreWritten) {
  constexpr int kFloat = 1;
  constexpr int kInt64 = 7;
  const auto of = [](int type) { return ProtoMessage().Number(1, 2).Number(1, 3).Number(2, type); };
  EXPECT_TRUE(IsTaken(of(kFloat).Bytes(9, std::string(24, 'x'))));
  EXPECT_FALSE(IsTaken(of(kFloat).Bytes(9, std::string(20, 'x'))));
  EXPECT_FALSE(IsTaken(of(kFloat).Bytes(9, std::string(25, 'x'))));
  EXPECT_TRUE(IsTaken(of(kFloat).Bytes(4, std::string(24, 'x'))));
  EXPECT_FALSE(IsTaken(of(kFloat)));  // kept elsewhere
  EXPECT_TRUE(IsTaken(of(kInt64).Bytes(7, std::string(6, '\1'))));
  EXPECT_FALSE(IsTaken(of(kInt64).Bytes(7, std::string(5, '\1'))));
  EXPECT_FALSE(IsTaken(of(8).Bytes(9, std::string(24, 'x'))));              // texts
  EXPECT_TRUE(IsTaken(ProtoMessage().Number(2, kFloat).Bytes(9, "1234")));  // one number
}

RC_GTEST_PROP(OnnxInputTest, AnyBytesGiveAnAnswer, (const std::string& bytes)) {
  const auto inputs = OnnxInputs(bytes);
  RC_ASSERT(inputs || inputs.error().reason == Reason::kModelMismatch);
}

}  // namespace
}  // namespace homeward
