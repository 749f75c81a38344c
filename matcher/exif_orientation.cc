#include "matcher/exif_orientation.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "matcher/byte_order.h"

namespace homeward {
namespace {

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShort = 3;
constexpr std::size_t kEntryBytes = 12;

class TiffReader {
 public:
  TiffReader(std::span<const std::uint8_t> bytes, bool big_endian)
      : bytes_(bytes), big_endian_(big_endian) {}

  // 0 outside the block, which no valid count, tag or orientation is.
  template <std::size_t kBytes>
  std::uint32_t Read(std::size_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < kBytes) return 0;
    return big_endian_ ? BigEndian<kBytes>(bytes_, offset) : LittleEndian<kBytes>(bytes_, offset);
  }

 private:
  std::span<const std::uint8_t> bytes_;
  bool big_endian_;
};

}  // namespace

int ReadExifOrientation(std::span<const std::uint8_t> exif) {
  constexpr std::array<std::uint8_t, 6> kPrefix = {'E', 'x', 'i', 'f', 0, 0};
  if (exif.size() >= kPrefix.size() && std::ranges::equal(exif.first<6>(), kPrefix)) {
    exif = exif.subspan(kPrefix.size());
  }
  if (exif.size() < 8 || exif[0] != exif[1] || (exif[0] != 'I' && exif[0] != 'M')) return 1;
  const TiffReader tiff(exif, exif[0] == 'M');
  if (tiff.Read<2>(2) != 42) return 1;
  const std::size_t directory = tiff.Read<4>(4);
  const std::size_t entry_count = tiff.Read<2>(directory);
  for (std::size_t i = 0; i < entry_count; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (tiff.Read<2>(entry) != kOrientationTag) continue;
    const std::uint32_t value = tiff.Read<2>(entry + 8);
    const bool valid = tiff.Read<2>(entry + 2) == kShort && tiff.Read<4>(entry + 4) == 1 &&
                       value >= 1 && value <= 8;
    return valid ? static_cast<int>(value) : 1;
  }
  return 1;
}

bool SwapsSides(int exif_orientation) { return exif_orientation >= 5; }

cv::Mat TurnUpright(cv::Mat stored, int exif_orientation) {
  enum Flip { kUpsideDown = 0, kMirror = 1, kHalfTurn = -1 };
  if (SwapsSides(exif_orientation)) {
    cv::Mat turned;
    cv::transpose(stored, turned);
    stored = turned;
  }
  switch (exif_orientation) {
    case 2:
    case 6:
      cv::flip(stored, stored, kMirror);
      break;
    case 3:
    case 7:
      cv::flip(stored, stored, kHalfTurn);
      break;
    case 4:
    case 8:
      cv::flip(stored, stored, kUpsideDown);
      break;
    default:
      break;
  }
  return stored;
}

}  // namespace homeward
