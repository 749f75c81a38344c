// What an ONNX file says of the inputs of its network.
#pragma once

#include <span>
#include <vector>

#include "matcher/error.h"

namespace homeward {

inline constexpr int kAnySize = 0;  // a size that the file leaves open

// The sizes of every input that the file does not itself fill (an initializer), in order. Follows
// the protobuf encoding of ModelProto just so far; everything else is skipped. Errors:
// kModelMismatch for bytes that are not such an encoding, and for a tensor that has not as many
// values as its sizes say. Thread safe.
Result<std::vector<std::vector<int>>> OnnxInputs(std::span<const char> file);

}  // namespace homeward
