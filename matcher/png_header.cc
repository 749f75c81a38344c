#include "matcher/png_header.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>

#include "matcher/byte_order.h"
#include "matcher/exif_orientation.h"
#include "matcher/photo_refusal.h"

namespace homeward {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kMagicBytes = 8;
constexpr std::size_t kChunkOverhead = 12;  // length, type, CRC
constexpr std::uint32_t kMaxNumber = std::numeric_limits<std::int32_t>::max();

struct Chunk {
  std::string_view type;
  Bytes payload;
};

class ChunkReader {
 public:
  explicit ChunkReader(Bytes bytes) : rest_(bytes.subspan(std::min(kMagicBytes, bytes.size()))) {}

  Result<Chunk> Next() {
    if (rest_.size() < kChunkOverhead) return RefuseTruncated(PhotoFormat::kPng);
    const std::uint32_t length = BigEndian<4>(rest_, 0);
    const std::string_view type(reinterpret_cast<const char*>(&rest_[4]), 4);
    if (length > kMaxNumber || !std::ranges::all_of(type, IsLetter)) {
      return RefuseCorrupt(PhotoFormat::kPng, "data where a chunk belongs");
    }
    if (length > rest_.size() - kChunkOverhead) return RefuseTruncated(PhotoFormat::kPng);
    const Chunk chunk{type, rest_.subspan(8, length)};
    rest_ = rest_.subspan(kChunkOverhead + length);
    return chunk;
  }

 private:
  static bool IsLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

  Bytes rest_;
};

Result<PhotoHeader> ReadImageHeader(const Chunk& chunk, const PhotoLimits& limits) {
  if (chunk.type != "IHDR" || chunk.payload.size() != 13) {
    return RefuseCorrupt(PhotoFormat::kPng, "no image header");
  }
  const std::uint32_t width = BigEndian<4>(chunk.payload, 0);
  const std::uint32_t height = BigEndian<4>(chunk.payload, 4);
  if (width > kMaxNumber || height > kMaxNumber) {
    return RefuseCorrupt(PhotoFormat::kPng, "an impossible size");
  }
  return AcceptDimensions({PhotoFormat::kPng, static_cast<int>(width), static_cast<int>(height)},
                          limits);
}

}  // namespace

Result<PhotoHeader> ReadPngHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits) {
  ChunkReader chunks(bytes);
  const Result<Chunk> first = chunks.Next();
  if (!first) return std::unexpected(first.error());
  Result<PhotoHeader> header = ReadImageHeader(*first, limits);
  if (!header) return header;
  std::optional<int> orientation;
  for (;;) {
    const Result<Chunk> chunk = chunks.Next();
    if (!chunk) return std::unexpected(chunk.error());
    if (chunk->type == "acTL") return RefuseAnimated(PhotoFormat::kPng);
    if (chunk->type == "eXIf" && !orientation) orientation = ReadExifOrientation(chunk->payload);
    if (chunk->type == "IEND") break;
  }
  header->exif_orientation = orientation.value_or(1);
  return header;
}

}  // namespace homeward
