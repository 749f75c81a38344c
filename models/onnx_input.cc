#include "models/onnx_input.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace homeward {
namespace {

struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The fields of one message, read from its beginning to its end. Bounded by its bytes.
class MessageReader {
 public:
  explicit MessageReader(std::string_view bytes) : rest_(bytes) {}

  struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0;  // of a varint
    std::string_view bytes;   // of everything else
  };

  // False at the end. Throws Malformed.
  bool Next(Field& field) {
    if (rest_.empty()) return false;
    const std::uint64_t tag = Varint();
    field = {.number = tag >> 3U, .value = 0, .bytes = {}};
    if (field.number == 0) throw Malformed("a field without a number");
    switch (tag & 7U) {
      case 0:
        field.value = Varint();
        return true;
      case 1:
        field.bytes = Take(8);
        return true;
      case 2:
        field.bytes = Take(Varint());
        return true;
      case 5:
        field.bytes = Take(4);
        return true;
      default:
        throw Malformed("a field of an unknown kind");
    }
  }

  bool AtEnd() const { return rest_.empty(); }

  std::uint64_t Varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(Take(1).front());
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80U) return value;
    }
    throw Malformed("a number without an end");
  }

 private:
  std::string_view Take(std::uint64_t count) {
    if (count > rest_.size()) throw Malformed("it ends in the middle");
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::string_view rest_;
};

// Every occurrence of one field.
template <class Visit>
void ForEach(std::string_view message, std::uint64_t number, Visit visit) {
  MessageReader reader(message);
  for (MessageReader::Field field; reader.Next(field);) {
    if (field.number == number) visit(field);
  }
}

std::string_view BytesOf(std::string_view message, std::uint64_t number) {
  std::string_view bytes;
  ForEach(message, number, [&](const auto& field) { bytes = field.bytes; });
  return bytes;
}

// Field numbers of onnx.proto.
constexpr std::uint64_t kModelGraph = 7;
constexpr std::uint64_t kGraphInitializer = 5;
constexpr std::uint64_t kGraphInput = 11;
constexpr std::uint64_t kGraphNode = 1;
constexpr std::uint64_t kNodeAttribute = 5;
constexpr std::uint64_t kAttributeTensor = 5;
constexpr std::uint64_t kTensorSize = 1;
constexpr std::uint64_t kTensorType = 2;
constexpr std::uint64_t kTensorFloats = 4;
constexpr std::uint64_t kTensorInt32s = 5;
constexpr std::uint64_t kTensorInt64s = 7;
constexpr std::uint64_t kTensorName = 8;
constexpr std::uint64_t kTensorRaw = 9;
constexpr std::uint64_t kTensorDoubles = 10;
constexpr std::uint64_t kInputName = 1;
constexpr std::uint64_t kInputType = 2;
constexpr std::uint64_t kTypeTensor = 1;
constexpr std::uint64_t kTensorShape = 2;
constexpr std::uint64_t kShapeDimension = 1;
constexpr std::uint64_t kDimensionValue = 1;

constexpr std::uint64_t kMostValues = std::uint64_t{1} << 32U;

std::uint64_t BytesOfType(std::uint64_t type) {
  switch (type) {
    case 2:
    case 3:
    case 9:
      return 1;  // 8 bits, truth values
    case 4:
    case 5:
    case 10:
    case 16:
      return 2;  // 16 bits
    case 1:
    case 6:
    case 12:
      return 4;  // float, 32 bits
    case 7:
    case 11:
    case 13:
      return 8;  // 64 bits, double
    default:
      throw Malformed("a tensor of a type that is no number");
  }
}

std::uint64_t CountVarints(std::string_view bytes) {
  const auto is_last = [](char byte) { return (static_cast<unsigned char>(byte) & 0x80U) == 0; };
  return static_cast<std::uint64_t>(std::ranges::count_if(bytes, is_last));
}

std::uint64_t ValuesExpected(std::string_view tensor) {
  std::uint64_t values = 1;
  const auto times = [&](std::uint64_t size) {
    if (size > kMostValues || values * size > kMostValues) throw Malformed("a tensor is too large");
    values *= size;
  };
  ForEach(tensor, kTensorSize, [&](const auto& field) {
    if (field.bytes.empty()) return times(field.value);
    MessageReader packed(field.bytes);
    while (!packed.AtEnd()) times(packed.Varint());
  });
  return values;
}

std::uint64_t ValuesGiven(std::string_view tensor) {
  std::uint64_t type = 0;
  ForEach(tensor, kTensorType, [&](const auto& field) { type = field.value; });
  const std::uint64_t bytes_each = BytesOfType(type);
  const std::string_view raw = BytesOf(tensor, kTensorRaw);
  if (!raw.empty()) return raw.size() % bytes_each == 0 ? raw.size() / bytes_each : 0;
  std::uint64_t count = 0;
  ForEach(tensor, kTensorFloats, [&](const auto& field) { count += field.bytes.size() / 4; });
  ForEach(tensor, kTensorDoubles, [&](const auto& field) { count += field.bytes.size() / 8; });
  for (const auto number : {kTensorInt32s, kTensorInt64s}) {
    ForEach(tensor, number, [&](const auto& field) {
      count += field.bytes.empty() ? 1 : CountVarints(field.bytes);
    });
  }
  return count;
}

// OpenCV takes the sizes at their word and reads beyond the values.
void CheckTensor(std::string_view tensor) {
  if (ValuesGiven(tensor) != ValuesExpected(tensor)) {
    throw Malformed("a tensor has not as many values as its sizes say");
  }
}

void CheckTensors(std::string_view graph) {
  ForEach(graph, kGraphInitializer, [](const auto& field) { CheckTensor(field.bytes); });
  ForEach(graph, kGraphNode, [](const auto& node) {
    ForEach(node.bytes, kNodeAttribute, [](const auto& attribute) {
      ForEach(attribute.bytes, kAttributeTensor,
              [](const auto& tensor) { CheckTensor(tensor.bytes); });
    });
  });
}

std::vector<int> SizesOf(std::string_view input) {
  const auto shape = BytesOf(BytesOf(BytesOf(input, kInputType), kTypeTensor), kTensorShape);
  std::vector<int> sizes;
  ForEach(shape, kShapeDimension, [&](const auto& dimension) {
    std::uint64_t size = kAnySize;
    ForEach(dimension.bytes, kDimensionValue, [&](const auto& field) { size = field.value; });
    // Some writers have -1 for a size that is open.
    const bool open = size > std::uint64_t{std::numeric_limits<int>::max()};
    sizes.push_back(open ? kAnySize : static_cast<int>(size));
  });
  return sizes;
}

}  // namespace

Result<std::vector<std::vector<int>>> OnnxInputs(std::span<const char> file) try {
  const std::string_view graph = BytesOf({file.data(), file.size()}, kModelGraph);
  if (graph.empty()) throw Malformed("it has no graph");
  CheckTensors(graph);
  std::set<std::string_view> filled;
  ForEach(graph, kGraphInitializer,
          [&](const auto& field) { filled.insert(BytesOf(field.bytes, kTensorName)); });
  std::vector<std::vector<int>> inputs;
  ForEach(graph, kGraphInput, [&](const auto& field) {
    if (filled.contains(BytesOf(field.bytes, kInputName))) return;
    inputs.push_back(SizesOf(field.bytes));
  });
  return inputs;
} catch (const Malformed& error) {
  return Fail(Reason::kModelMismatch, error.what());
}

}  // namespace homeward
