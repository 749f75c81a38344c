// ONNX files that a test makes itself: the protobuf encoding of onnx.proto, as far as small
// networks need it.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace homeward::testing {

// One protobuf message under construction.
class ProtoMessage {
 public:
  ProtoMessage& Number(unsigned field, std::int64_t value) {
    Varint(field << 3U);
    Varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  ProtoMessage& Bytes(unsigned field, const std::string& value) {
    Varint((field << 3U) | 2U);
    Varint(value.size());
    bytes_ += value;
    return *this;
  }
  ProtoMessage& Message(unsigned field, const ProtoMessage& value) {
    return Bytes(field, value.bytes_);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  void Varint(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
    bytes_ += static_cast<char>(value);
  }

  std::string bytes_;
};

struct OnnxTensor {
  std::string name;
  std::vector<int> sizes;
  std::vector<float> values;
};

struct OnnxNode {
  std::string operation;
  std::vector<std::string> inputs;
  std::string output;
  std::vector<std::pair<std::string, std::int64_t>> attributes = {};
};

struct OnnxNetwork {
  std::vector<int> input_sizes;  // of the tensor "pixels"; 0: left open
  std::vector<OnnxNode> nodes;
  std::vector<OnnxTensor> weights;
  std::vector<std::string> outputs = {"vector"};
  std::vector<int> output_sizes;
  bool weights_are_inputs = false;  // as files before version 4 of the format have it
};

inline ProtoMessage OnnxValue(const std::string& name, const std::vector<int>& sizes) {
  ProtoMessage shape;
  for (const int size : sizes) {
    ProtoMessage dimension;
    if (size == 0) {
      dimension.Bytes(2, "open");
    } else {
      dimension.Number(1, size);
    }
    shape.Message(1, dimension);
  }
  constexpr int kFloat = 1;
  const auto tensor = ProtoMessage().Number(1, kFloat).Message(2, shape);
  return ProtoMessage().Bytes(1, name).Message(2, ProtoMessage().Message(1, tensor));
}

inline ProtoMessage OnnxInitializer(const OnnxTensor& tensor) {
  ProtoMessage message;
  for (const int size : tensor.sizes) message.Number(1, size);
  std::string raw;
  for (const float value : tensor.values) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (unsigned shift = 0; shift < 32; shift += 8) raw += static_cast<char>(bits >> shift);
  }
  return message.Number(2, 1).Bytes(8, tensor.name).Bytes(9, raw);
}

inline ProtoMessage OnnxOperation(const OnnxNode& node) {
  ProtoMessage message;
  for (const std::string& input : node.inputs) message.Bytes(1, input);
  message.Bytes(2, node.output).Bytes(3, node.output).Bytes(4, node.operation);
  for (const auto& [name, value] : node.attributes) {
    constexpr int kInteger = 2;
    message.Message(5, ProtoMessage().Bytes(1, name).Number(3, value).Number(20, kInteger));
  }
  return message;
}

// The bytes of the file.
inline std::string OnnxFile(const OnnxNetwork& network) {
  ProtoMessage graph;
  for (const OnnxNode& node : network.nodes) graph.Message(1, OnnxOperation(node));
  graph.Bytes(2, "network");
  for (const OnnxTensor& tensor : network.weights) graph.Message(5, OnnxInitializer(tensor));
  graph.Message(11, OnnxValue("pixels", network.input_sizes));
  for (const OnnxTensor& tensor : network.weights) {
    if (network.weights_are_inputs) graph.Message(11, OnnxValue(tensor.name, tensor.sizes));
  }
  for (const std::string& output : network.outputs) {
    graph.Message(12, OnnxValue(output, network.output_sizes));
  }
  const auto operations = ProtoMessage().Bytes(1, "").Number(2, 11);
  return ProtoMessage().Number(1, 6).Message(7, graph).Message(8, operations).bytes();
}

// The mean of each channel, times `matrix` (rows of three).
inline OnnxNetwork ChannelMeans(int side_px, const std::vector<float>& matrix) {
  const int rows = static_cast<int>(matrix.size() / 3);
  return {.input_sizes = {1, 3, side_px, side_px},
          .nodes = {{"GlobalAveragePool", {"pixels"}, "means"},
                    {"Flatten", {"means"}, "flat", {{"axis", 1}}},
                    {"Gemm", {"flat", "matrix"}, "vector", {{"transB", 1}}}},
          .weights = {{"matrix", {rows, 3}, matrix}},
          .output_sizes = {1, rows}};
}

// The numbers at `places` of the input as it lies in memory: channel, row, column.
inline OnnxNetwork PickedNumbers(int side_px, std::span<const int> places) {
  const int inputs = 3 * side_px * side_px;
  const int rows = static_cast<int>(places.size());
  std::vector<float> matrix(static_cast<std::size_t>(inputs * rows), 0);
  for (int row = 0; row < rows; ++row) {
    matrix[static_cast<std::size_t>(row * inputs + places[static_cast<std::size_t>(row)])] = 1;
  }
  return {.input_sizes = {1, 3, side_px, side_px},
          .nodes = {{"Flatten", {"pixels"}, "flat", {{"axis", 1}}},
                    {"Gemm", {"flat", "matrix"}, "vector", {{"transB", 1}}}},
          .weights = {{"matrix", {rows, inputs}, matrix}},
          .output_sizes = {1, rows}};
}

}  // namespace homeward::testing
