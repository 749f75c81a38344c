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
    std::string_view bytes;   // of a message or a text
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
        Take(8);
        return true;
      case 2:
        field.bytes = Take(Varint());
        return true;
      case 5:
        Take(4);
        return true;
      default:
        throw Malformed("a field of an unknown kind");
    }
  }

 private:
  std::uint64_t Varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(Take(1).front());
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80U) return value;
    }
    throw Malformed("a number without an end");
  }

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
constexpr std::uint64_t kTensorName = 8;
constexpr std::uint64_t kInputName = 1;
constexpr std::uint64_t kInputType = 2;
constexpr std::uint64_t kTypeTensor = 1;
constexpr std::uint64_t kTensorShape = 2;
constexpr std::uint64_t kShapeDimension = 1;
constexpr std::uint64_t kDimensionValue = 1;

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
