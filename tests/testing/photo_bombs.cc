#include "tests/testing/photo_bombs.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace homeward::testing {
namespace {

using std::string_view_literals::operator""sv;

// The zlib stream in the IDAT chunks of `png`.
Bytes Deflated(const Bytes& png) {
  Bytes stream;
  for (std::size_t at = 8; at + 12 <= png.size();) {
    const std::size_t length = std::size_t{png[at]} << 24 | std::size_t{png[at + 1]} << 16 |
                               std::size_t{png[at + 2]} << 8 | png[at + 3];
    if (std::equal(&png[at + 4], &png[at + 8], "IDAT")) {
      stream.insert(stream.end(), &png[at + 8], &png[at + 8] + length);
    }
    at += length + 12;
  }
  return stream;
}

void AddPixelBombs(std::vector<HostilePhoto>& photos) {
  Family family(photos, "pixel_bomb");
  family.Add("16,000 x 16,000 black PNG", MakeBlackPng(16'000, 16'000));
  const Bytes pixels = PngChunk("IDAT", Deflated(MakeBlackPng(4'000, 4'000)));
  constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 8> kSizes = {
      {{16'000, 16'000},
       {32'700, 32'700},
       {65'535, 65'535},
       {0x7FFF'FFFF, 0x7FFF'FFFF},
       {0x7FFF'FFFF, 1},
       {1, 0x7FFF'FFFF},
       {16'385, 1},
       {6'400, 6'401}}};
  for (const auto& [width, height] : kSizes) {
    const std::string size = std::to_string(width) + " x " + std::to_string(height);
    family.Add(size + " grey PNG", PngFile({PngChunkOfTwo("IHDR", width, height, {1, 0, 0, 0, 0}),
                                            pixels, PngChunk("IEND", {})}));
    family.Add(size + " 16-bit RGBA interlaced PNG",
               PngFile({PngChunkOfTwo("IHDR", width, height, {16, 6, 0, 0, 1}), pixels,
                        PngChunk("IEND", {})}));
  }
  for (const std::uint32_t side : {6'401u, 9'000u, 16'383u}) {
    const std::string size = std::to_string(side) + " a side ";
    const Bytes low = {static_cast<std::uint8_t>(side & 255), static_cast<std::uint8_t>(side >> 8)};
    family.Add(
        size + "lossy WebP",
        RiffFile({RiffChunk("VP8 ", Joined({{0x10, 2, 0, 0x9D, 1, 0x2A}, low, low, Bytes(64)}))}));
    const std::uint32_t bits = (side - 1) | (side - 1) << 14;
    family.Add(size + "lossless WebP",
               RiffFile({RiffChunk("VP8L", Joined({{0x2F, static_cast<std::uint8_t>(bits & 255),
                                                    static_cast<std::uint8_t>(bits >> 8 & 255),
                                                    static_cast<std::uint8_t>(bits >> 16 & 255),
                                                    static_cast<std::uint8_t>(bits >> 24 & 255)},
                                                   Bytes(64)}))}));
    family.Add(size + "extended WebP", RiffFile({RiffChunk("VP8X", WebpCanvas(0, side, side))}));
  }
}

void AddGiantJpegs(std::vector<HostilePhoto>& photos) {
  Family family(photos, "giant_jpeg");
  for (const std::uint8_t frame :
       std::initializer_list<std::uint8_t>{0xC0, 0xC1, 0xC2, 0xC9, 0xCA}) {
    for (const auto& [width, height] : {std::pair{65'500, 65'500}, std::pair{65'535, 1},
                                        std::pair{1, 65'535}, std::pair{8'100, 8'000}}) {
      const std::string what = "frame " + std::to_string(frame) + " of " + std::to_string(width) +
                               " x " + std::to_string(height);
      family.Add(what, JpegHeaderOnly(width, height, frame));
    }
  }
  const Bytes giant = JpegHeaderOnly(65'500, 65'500);
  family.Add("behind EXIF", JpegWithExif(giant, ExifBlock(6)));
  Bytes hidden = FromText("Exif\0\0"sv);
  const Bytes thumbnail = MakeJpeg(SyntheticPicture(16, 16));
  hidden.insert(hidden.end(), thumbnail.begin(), thumbnail.end());
  family.Add("behind a small one in EXIF", WithSegment(giant, JpegSegment(0xE1, hidden)));
}

void AddScanBombs(std::vector<HostilePhoto>& photos) {
  Family family(photos, "scan_bomb");
  for (const int side : {16, 64, 200, 500}) {
    for (const int scans : {101, 150, 300, 1'000, 3'000}) {
      family.Add(std::to_string(scans) + " scans of " + std::to_string(side) + " a side",
                 JpegOfManyScans(side, side, scans));
    }
  }
}

// Directories that loop, lie outside, claim 65,535 entries, or say nothing valid.
void AddExifTraps(Family& family) {
  Bytes loop = ExifBlock(6);
  loop[22] = 8;  // the next directory is this one
  Bytes far = ExifBlock(6);
  std::ranges::fill(far.begin() + 4, far.begin() + 8, std::uint8_t{0xFF});
  Bytes crowded = ExifBlock(6);
  crowded[8] = crowded[9] = 0xFF;
  crowded[10] = 0;
  for (const auto& [name, exif] :
       {std::pair{"loop", loop}, std::pair{"far", far}, std::pair{"crowded", crowded},
        std::pair{"nine", ExifBlock(9)}, std::pair{"short", Bytes(3)}}) {
    family.Add(std::string("JPEG EXIF ") + name, JpegWithExif(Samples()[0].bytes, exif));
    family.Add(std::string("PNG EXIF ") + name,
               WithChunk(Samples()[2].bytes, PngChunk("eXIf", exif)));
    family.Add(std::string("WebP EXIF ") + name, WebpWithExif(Samples()[3].bytes, exif));
  }
}

void AddMetadataBombs(std::vector<HostilePhoto>& photos) {
  Family family(photos, "metadata_bomb");
  const Bytes& jpeg = Samples()[0].bytes;
  const Bytes& png = Samples()[2].bytes;
  const Bytes zeros = Deflated(MakeBlackPng(16'000, 16'000));  // 32 MB when inflated
  family.Add("zTXt of 32 MB",
             WithChunk(png, PngChunk("zTXt", Joined({FromText("Comment\0\0"sv), zeros}))));
  family.Add("iCCP of 32 MB",
             WithChunk(png, PngChunk("iCCP", Joined({FromText("profile\0\0"sv), zeros}))));
  family.Add("iTXt of 32 MB",
             WithChunk(png, PngChunk("iTXt", Joined({FromText("Comment\0\1\0\0\0"sv), zeros}))));
  const Bytes text = PngChunk("tEXt", FromText("Comment\0 text"sv));
  family.Add("3,000 tEXt", WithChunk(png, Joined(std::vector<Bytes>(3'000, text))));
  family.Add("1,000 empty IDAT",
             WithChunk(png, Joined(std::vector<Bytes>(1'000, PngChunk("IDAT", {})))));
  for (const std::string_view type : {"eXIf", "sPLT", "hIST", "pCAL", "sCAL", "tIME", "gAMA"}) {
    family.Add("60 KB of " + std::string(type), WithChunk(png, PngChunk(type, Bytes(60'000, 'A'))));
  }
  AddExifTraps(family);
  const Bytes empty_exif = JpegSegment(0xE1, FromText("Exif\0\0"sv));
  family.Add("5,000 EXIF", WithSegment(jpeg, Joined(std::vector<Bytes>(5'000, empty_exif))));
  const Bytes profile = JpegSegment(0xE2, FromText("ICC_PROFILE\0\1\xFF 255 pieces"sv));
  family.Add("1,000 ICC", WithSegment(jpeg, Joined(std::vector<Bytes>(1'000, profile))));
  family.Add("a comment of 65,533", WithSegment(jpeg, JpegSegment(0xFE, Bytes(65'533, '%'))));
}

}  // namespace

void AddBombs(std::vector<HostilePhoto>& photos) {
  AddPixelBombs(photos);
  AddGiantJpegs(photos);
  AddScanBombs(photos);
  AddMetadataBombs(photos);
}

Bytes JpegHeaderOnly(int width_px, int height_px, std::uint8_t frame_marker) {
  const auto high = [](int value) { return static_cast<std::uint8_t>(value >> 8); };
  const auto low = [](int value) { return static_cast<std::uint8_t>(value & 255); };
  const Bytes frame = {8,
                       high(height_px),
                       low(height_px),
                       high(width_px),
                       low(width_px),
                       3,
                       1,
                       0x22,
                       0,
                       2,
                       0x11,
                       0,
                       3,
                       0x11,
                       0};
  return Joined({FromText("\xFF\xD8"), JpegSegment(frame_marker, frame), FromText("\xFF\xD9")});
}

Bytes JpegOfManyScans(int width_px, int height_px, int scans) {
  const cv::Mat flat(height_px, width_px, CV_8UC3, cv::Scalar::all(128));
  const Bytes jpeg = MakeJpeg(flat, {.scans = JpegScans::kSpectral});
  const std::array<std::uint8_t, 2> start = {0xFF, 0xDA};
  const auto scan = std::ranges::find_end(jpeg, start).begin();
  const Bytes last(scan, jpeg.end() - 2);
  Bytes bytes(jpeg.begin(), scan);
  for (int i = 0; i < scans; ++i) bytes.insert(bytes.end(), last.begin(), last.end());
  bytes.insert(bytes.end(), {0xFF, 0xD9});
  return bytes;
}

}  // namespace homeward::testing
