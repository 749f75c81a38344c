#include "matcher/jpeg_header.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "matcher/byte_order.h"
#include "matcher/exif_orientation.h"
#include "matcher/photo_refusal.h"

namespace homeward {
namespace {

using Bytes = std::span<const std::uint8_t>;

struct Segment {
  std::uint8_t marker = 0;
  Bytes payload;
};

// Walks the marker segments that follow SOI.
class SegmentReader {
 public:
  explicit SegmentReader(Bytes bytes)
      : rest_(bytes.subspan(std::min<std::size_t>(2, bytes.size()))) {}

  Result<Segment> Next() {
    if (!rest_.empty() && rest_[0] != 0xFF) return Corrupt("data where a marker belongs");
    while (!rest_.empty() && rest_[0] == 0xFF) rest_ = rest_.subspan(1);
    if (rest_.empty()) return RefuseTruncated(PhotoFormat::kJpeg);
    const std::uint8_t marker = rest_[0];
    // Stuffing, restart markers, SOI, EOI and SOS have no place before the frame header.
    if (marker <= 0x01 || (marker >= 0xD0 && marker <= 0xDA)) return Corrupt("no frame header");
    rest_ = rest_.subspan(1);
    if (rest_.size() < 2) return RefuseTruncated(PhotoFormat::kJpeg);
    const std::size_t length = BigEndian<2>(rest_, 0);
    if (length < 2) return Corrupt("a segment without a length");
    if (length > rest_.size()) return RefuseTruncated(PhotoFormat::kJpeg);
    const Segment segment{marker, rest_.subspan(2, length - 2)};
    rest_ = rest_.subspan(length);
    return segment;
  }

 private:
  static std::unexpected<Error> Corrupt(std::string detail) {
    return RefuseCorrupt(PhotoFormat::kJpeg, std::move(detail));
  }

  Bytes rest_;
};

bool IsFrameHeader(std::uint8_t marker) {
  constexpr std::uint8_t kHuffmanTables = 0xC4, kReserved = 0xC8, kArithmeticTables = 0xCC;
  constexpr std::uint8_t kJpegLs = 0xF7;
  if (marker == kHuffmanTables || marker == kReserved || marker == kArithmeticTables) return false;
  return (marker >= 0xC0 && marker <= 0xCF) || marker == kJpegLs;
}

bool IsDecodableFrame(std::uint8_t marker) {
  // Baseline, extended and progressive by Huffman coding; the last two by arithmetic coding too.
  constexpr std::array<std::uint8_t, 5> kDecodable = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA};
  return std::ranges::find(kDecodable, marker) != kDecodable.end();
}

bool IsExif(const Segment& segment) {
  constexpr std::array<std::uint8_t, 6> kPrefix = {'E', 'x', 'i', 'f', 0, 0};
  return segment.marker == 0xE1 && segment.payload.size() >= kPrefix.size() &&
         std::ranges::equal(segment.payload.first<6>(), kPrefix);
}

Result<PhotoHeader> ReadFrameHeader(const Segment& frame, const PhotoLimits& limits) {
  constexpr std::string_view kAdvice = "Open it, save it as an ordinary JPEG, and send that.";
  if (!IsDecodableFrame(frame.marker)) return RefuseFormat("lossless JPEG", kAdvice);
  if (frame.payload.size() < 6) {
    return RefuseCorrupt(PhotoFormat::kJpeg, "a frame header that is too short");
  }
  if (frame.payload[0] != 8) return RefuseFormat("JPEG of more than 8 bits", kAdvice);
  const int height = static_cast<int>(BigEndian<2>(frame.payload, 1));
  const int width = static_cast<int>(BigEndian<2>(frame.payload, 3));
  return AcceptDimensions({PhotoFormat::kJpeg, width, height}, limits);
}

}  // namespace

Result<PhotoHeader> ReadJpegHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits) {
  SegmentReader segments(bytes);
  std::optional<int> orientation;
  for (;;) {
    const Result<Segment> segment = segments.Next();
    if (!segment) return std::unexpected(segment.error());
    if (IsFrameHeader(segment->marker)) {
      Result<PhotoHeader> header = ReadFrameHeader(*segment, limits);
      if (header) header->exif_orientation = orientation.value_or(1);
      return header;
    }
    if (!orientation && IsExif(*segment)) orientation = ReadExifOrientation(segment->payload);
  }
}

}  // namespace homeward
