#include "server/store/vector_bytes.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace homeward {
namespace {

static_assert(std::endian::native == std::endian::little, "bytes would have to be swapped");

bool IsStorable(std::span<const float> vector) {
  return !vector.empty() &&
         std::ranges::all_of(vector, [](float component) { return std::isfinite(component); });
}

}  // namespace

Result<std::vector<std::uint8_t>> VectorBytes(std::span<const float> vector) {
  if (!IsStorable(vector)) return Fail(Reason::kInternal, "A template is empty or not finite.");
  std::vector<std::uint8_t> bytes(vector.size_bytes());
  std::memcpy(bytes.data(), vector.data(), bytes.size());
  return bytes;
}

Result<std::vector<float>> VectorOfBytes(std::span<const std::uint8_t> bytes) {
  std::vector<float> vector(bytes.size() / sizeof(float));
  if (!vector.empty()) std::memcpy(vector.data(), bytes.data(), vector.size() * sizeof(float));
  if (bytes.size() % sizeof(float) != 0 || !IsStorable(vector)) {
    return Fail(Reason::kStoreCorrupt, "The database is damaged: a template is not one.");
  }
  return vector;
}

}  // namespace homeward
