#include "matcher/webp_header.h"

#include <cstddef>
#include <string_view>

#include "matcher/byte_order.h"
#include "matcher/exif_orientation.h"
#include "matcher/photo_refusal.h"

namespace homeward {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kRiffHeaderBytes = 12;
constexpr std::size_t kChunkHeaderBytes = 8;

struct Chunk {
  std::string_view type;
  Bytes payload;
};

std::unexpected<Error> Corrupt(std::string_view detail) {
  return RefuseCorrupt(PhotoFormat::kWebp, std::string(detail));
}

// Takes the first chunk off `rest`.
Result<Chunk> TakeChunk(Bytes& rest) {
  if (rest.size() < kChunkHeaderBytes) return Corrupt("data where a chunk belongs");
  const std::size_t length = LittleEndian<4>(rest, 4);
  if (length > rest.size() - kChunkHeaderBytes) return Corrupt("a chunk longer than the file");
  const Chunk chunk{{reinterpret_cast<const char*>(rest.data()), 4},
                    rest.subspan(kChunkHeaderBytes, length)};
  rest = rest.subspan(kChunkHeaderBytes + length);
  if (length % 2 == 1 && !rest.empty()) rest = rest.subspan(1);
  return chunk;
}

PhotoHeader Sized(std::uint32_t width, std::uint32_t height) {
  return {PhotoFormat::kWebp, static_cast<int>(width), static_cast<int>(height)};
}

Result<PhotoHeader> ReadLossy(Bytes payload, const PhotoLimits& limits) {
  if (payload.size() < 10 || (payload[0] & 1) != 0 || BigEndian<3>(payload, 3) != 0x9D012A) {
    return Corrupt("no key frame");
  }
  return AcceptDimensions(
      Sized(LittleEndian<2>(payload, 6) & 0x3FFF, LittleEndian<2>(payload, 8) & 0x3FFF), limits);
}

Result<PhotoHeader> ReadLossless(Bytes payload, const PhotoLimits& limits) {
  if (payload.size() < 5 || payload[0] != 0x2F) return Corrupt("no lossless header");
  const std::uint32_t bits = LittleEndian<4>(payload, 1);
  return AcceptDimensions(Sized((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1), limits);
}

// `rest` is what follows the VP8X chunk.
Result<PhotoHeader> ReadExtended(Bytes payload, Bytes rest, const PhotoLimits& limits) {
  constexpr std::uint8_t kAnimated = 0x02;
  if (payload.size() < 10) return Corrupt("no canvas size");
  Result<PhotoHeader> header = AcceptDimensions(
      Sized(LittleEndian<3>(payload, 4) + 1, LittleEndian<3>(payload, 7) + 1), limits);
  if (!header) return header;
  if ((payload[0] & kAnimated) != 0) return RefuseAnimated(PhotoFormat::kWebp);
  bool has_exif = false;
  while (!rest.empty()) {
    const Result<Chunk> chunk = TakeChunk(rest);
    if (!chunk) return std::unexpected(chunk.error());
    if (chunk->type == "ANIM" || chunk->type == "ANMF") return RefuseAnimated(PhotoFormat::kWebp);
    if (chunk->type == "EXIF" && !has_exif) {
      has_exif = true;
      header->exif_orientation = ReadExifOrientation(chunk->payload);
    }
  }
  return header;
}

}  // namespace

Result<PhotoHeader> ReadWebpHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits) {
  if (bytes.size() < kRiffHeaderBytes) return RefuseTruncated(PhotoFormat::kWebp);
  const std::size_t riff_bytes = LittleEndian<4>(bytes, 4);
  if (riff_bytes > bytes.size() - 8) return RefuseTruncated(PhotoFormat::kWebp);
  if (riff_bytes < 4) return Corrupt("a length of nothing");
  Bytes rest = bytes.subspan(kRiffHeaderBytes, riff_bytes - 4);
  const Result<Chunk> chunk = TakeChunk(rest);
  if (!chunk) return std::unexpected(chunk.error());
  if (chunk->type == "VP8 ") return ReadLossy(chunk->payload, limits);
  if (chunk->type == "VP8L") return ReadLossless(chunk->payload, limits);
  if (chunk->type == "VP8X") return ReadExtended(chunk->payload, rest, limits);
  return Corrupt("no picture in it");
}

}  // namespace homeward
