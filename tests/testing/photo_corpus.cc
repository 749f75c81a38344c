#include "tests/testing/photo_corpus.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "tests/testing/photo_bombs.h"

namespace homeward::testing {
namespace {

using std::string_view_literals::operator""sv;

void AddTruncated(std::vector<HostilePhoto>& photos) {
  Family family(photos, "truncated");
  for (const Sample& sample : Samples()) {
    for (std::size_t size = 64; size < sample.bytes.size(); size += 64) {
      family.Add(
          sample.name + " at " + std::to_string(size),
          Bytes(sample.bytes.begin(), sample.bytes.begin() + static_cast<std::ptrdiff_t>(size)));
    }
    family.Add(sample.name + " but the last byte",
               Bytes(sample.bytes.begin(), sample.bytes.end() - 1));
  }
}

void AddTwoFormats(std::vector<HostilePhoto>& photos) {
  Family family(photos, "two_formats");
  const std::vector<Sample> strangers = {
      {"zip", FromText("PK\3\4\x14\0\0\0\0\0PK\5\6\0\0"sv)},
      {"pdf", FromText("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n")},
      {"html", FromText("<html><script>alert(1)</script></html>")},
      {"gif", FromText("GIF89a\1\0\1\0\0\0\0;"sv)},
  };
  for (const Sample& sample : Samples()) {
    for (const Sample& stranger : strangers) {
      family.Add(sample.name + " then " + stranger.name, Joined({sample.bytes, stranger.bytes}));
      family.Add(stranger.name + " then " + sample.name, Joined({stranger.bytes, sample.bytes}));
    }
  }
  family.Add("jpeg in a comment of a jpeg",
             WithSegment(Samples()[0].bytes, JpegSegment(0xFE, Samples()[1].bytes)));
  family.Add("png in a chunk of a png",
             WithChunk(Samples()[2].bytes, PngChunk("prIv", Samples()[2].bytes)));
}

void AddFourInks(std::vector<HostilePhoto>& photos) {
  Family family(photos, "four_inks");
  for (const int side : {1, 7, 33, 64}) {
    const cv::Mat picture = SyntheticPicture(side, side + 2);
    const std::string size = std::to_string(side) + " wide";
    for (const JpegColour colour : {JpegColour::kCmyk, JpegColour::kYcck}) {
      const std::string space = colour == JpegColour::kCmyk ? "CMYK " : "YCCK ";
      for (const JpegScans scans :
           {JpegScans::kOne, JpegScans::kByComponent, JpegScans::kProgressive}) {
        const std::string coding = std::to_string(static_cast<int>(scans)) + " " + space + size;
        family.Add(coding, MakeJpeg(picture, {.colour = colour, .scans = scans}));
      }
    }
    family.Add("CMYK without marker " + size,
               MakeJpeg(picture, {.colour = JpegColour::kCmyk, .adobe_marker = false}));
  }
}

void AddPngCodings(std::vector<HostilePhoto>& photos) {
  Family deep(photos, "sixteen_bit");
  Family interlaced(photos, "interlaced");
  constexpr std::array<std::pair<int, int>, 13> kCodings = {{{0, 1},
                                                             {0, 2},
                                                             {0, 4},
                                                             {0, 8},
                                                             {2, 8},
                                                             {3, 1},
                                                             {3, 2},
                                                             {3, 4},
                                                             {3, 8},
                                                             {4, 8},
                                                             {6, 8},
                                                             {0, 16},
                                                             {6, 16}}};
  for (const int side : {1, 3, 9, 40}) {
    const cv::Mat picture = SyntheticPicture(side, side + 1);
    const std::string size = " " + std::to_string(side) + " wide";
    for (const auto& [type, depth] : kCodings) {
      interlaced.Add(
          "type " + std::to_string(type) + " depth " + std::to_string(depth) + size,
          MakePng(picture, {.colour_type = type, .bit_depth = depth, .interlaced = true}));
    }
    for (const int type : {0, 2, 4, 6}) {
      for (const bool transparent : {false, true}) {
        deep.Add("type " + std::to_string(type) + (transparent ? " transparent" : "") + size,
                 MakePng(picture, {.colour_type = type,
                                   .bit_depth = 16,
                                   .transparent_colour = transparent && type < 4,
                                   .alpha = transparent ? 100 : 255}));
      }
    }
  }
}

void AddAnimated(std::vector<HostilePhoto>& photos) {
  Family family(photos, "animated");
  const Bytes& png = Samples()[2].bytes;
  const Bytes& webp = Samples()[3].bytes;
  const Bytes picture(webp.begin() + 12, webp.end());
  for (const std::uint32_t frames : {1u, 2u, 10u, 0x7FFF'FFFFu}) {
    for (const std::uint32_t plays : {0u, 1u, 0x7FFF'FFFFu}) {
      const std::string count = std::to_string(frames) + " frames " + std::to_string(plays);
      family.Add("APNG " + count, WithChunk(png, PngChunkOfTwo("acTL", frames, plays, {})));
    }
  }
  for (const std::size_t frames : {1u, 2u, 10u, 100u}) {
    const Bytes frame = RiffChunk("ANMF", Joined({Bytes(16), picture}));
    std::vector<Bytes> chunks = {RiffChunk("VP8X", WebpCanvas(0x02, 61, 47)),
                                 RiffChunk("ANIM", Bytes(6))};
    chunks.insert(chunks.end(), frames, frame);
    family.Add("WebP of frames " + std::to_string(frames), RiffFile(chunks));
    chunks[0] = RiffChunk("VP8X", WebpCanvas(0, 61, 47));
    family.Add("WebP without the flag, frames " + std::to_string(frames), RiffFile(chunks));
    chunks.erase(chunks.begin() + 1);
    family.Add("WebP without ANIM, frames " + std::to_string(frames), RiffFile(chunks));
  }
}

void AddWrongMagic(std::vector<HostilePhoto>& photos) {
  Family family(photos, "wrong_magic");
  const std::vector<Sample>& samples = Samples();
  for (const Sample& body : samples) {
    for (const Sample& magic : samples) {
      if (magic.bytes[0] == body.bytes[0]) continue;
      Bytes bytes = body.bytes;
      std::copy_n(magic.bytes.begin(), 12, bytes.begin());
      family.Add(body.name + " as " + magic.name, bytes);
    }
    Bytes nothing = body.bytes;
    std::fill_n(nothing.begin(), 4, std::uint8_t{0});
    family.Add(body.name + " as nothing", nothing);
    family.Add(body.name + " behind a byte", Joined({Bytes(1), body.bytes}));
  }
}

struct Head {
  std::string_view name;
  std::string_view bytes;
};

// How files of other formats begin.
constexpr auto kForeignHeads = std::to_array<Head>(
    {{"gif87", "GIF87a\1\0\1\0\x80\0\0"sv},
     {"gif89", "GIF89a\1\0\1\0\x80\0\0"sv},
     {"bmp", "BM\x3A\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"sv},
     {"tiff", "II*\0\x08\0\0\0"sv},
     {"tiff big endian", "MM\0*\0\0\0\x08"sv},
     {"bigtiff", "II+\0\x08\0\0\0"sv},
     {"psd", "8BPS\0\1"sv},
     {"pdf", "%PDF-1.7\n"sv},
     {"svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"sv},
     {"svg with declaration",
      "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- x -->\n<svg width='1e9'/>"sv},
     {"svg entities", "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>"sv},
     {"html", "<!DOCTYPE html><html>"sv},
     {"jpeg 2000", "\0\0\0\x0CjP  \r\n\x87\n"sv},
     {"jpeg 2000 stream", "\xFF\x4F\xFF\x51\0\x29"sv},
     {"jpeg xl", "\0\0\0\x0CJXL \r\n\x87\n"sv},
     {"jpeg xl stream", "\xFF\x0A\0\0"sv},
     {"exr", "\x76\x2F\x31\x01\2\0\0\0"sv},
     {"hdr", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 99999 +X 99999\n"sv},
     {"pbm", "P4\n999999 999999\n"sv},
     {"pgm", "P5 65535 65535 255\n"sv},
     {"ppm", "P6 65535 65535 255\n"sv},
     {"pam", "P7\nWIDTH 9\n"sv},
     {"sun raster", "\x59\xA6\x6A\x95\0\0\0\1"sv},
     {"ico", "\0\0\1\0\1\0\x10\x10"sv},
     {"heic",
      "\0\0\0\x18"
      "ftypheic\0\0\0\0mif1heic"sv},
     {"heic generic",
      "\0\0\0\x18"
      "ftypmif1\0\0\0\0mif1heic"sv},
     {"heic sequence",
      "\0\0\0\x18"
      "ftyphevc\0\0\0\0msf1hevc"sv},
     {"avif",
      "\0\0\0\x1C"
      "ftypavif\0\0\0\0avifmif1miaf"sv},
     {"avif generic",
      "\0\0\0\x1C"
      "ftypmif1\0\0\0\0mif1avifmiaf"sv},
     {"mp4",
      "\0\0\0\x18"
      "ftypmp42\0\0\0\0mp42isom"sv},
     {"mov",
      "\0\0\0\x14"
      "ftypqt  \0\0\0\0qt  "sv},
     {"cr3",
      "\0\0\0\x18"
      "ftypcrx \0\0\0\0crx isom"sv},
     {"avi", "RIFF\x10\0\0\0AVI LIST"sv},
     {"wav", "RIFF\x10\0\0\0WAVEfmt "sv},
     {"zip", "PK\3\4\x14\0"sv},
     {"gzip", "\x1F\x8B\x08\0"sv},
     {"text", "A photo of my uncle."sv},
     {"base64", "data:image/jpeg;base64,/9j/4AAQ"sv},
     {"matroska", "\x1A\x45\xDF\xA3\x93"sv}});

void AddForeignFormats(std::vector<HostilePhoto>& photos) {
  Family family(photos, "foreign_format");
  for (const auto& [name, head] : kForeignHeads) family.Add(name, FromText(head));
  family.Add("dicom", Joined({Bytes(128), FromText("DICM\2\0\0\0"sv)}));
  family.Add("zeros", Bytes(1'000));
  family.Add("lossless jpeg", JpegHeaderOnly(16, 16, 0xC3));
  family.Add("jpeg-ls", JpegHeaderOnly(16, 16, 0xF7));
}

void AddTiny(std::vector<HostilePhoto>& photos) {
  Family family(photos, "tiny");
  family.Add("nothing", {});
  for (const Sample& sample : Samples()) {
    for (const std::ptrdiff_t size : {1, 2, 3, 4, 8, 11, 12, 20, 30}) {
      family.Add(sample.name + " " + std::to_string(size),
                 Bytes(sample.bytes.begin(), sample.bytes.begin() + size));
    }
  }
  for (const int byte : {0, 1, 127, 255}) {
    family.Add("byte " + std::to_string(byte), {static_cast<std::uint8_t>(byte)});
  }
}

void AddBitFlips(std::vector<HostilePhoto>& photos) {
  Family family(photos, "bit_flips");
  std::uint32_t state = 20'251'001;
  const auto next = [&state](std::size_t end) {
    state = state * 1'664'525u + 1'013'904'223u;
    return (state >> 8) % end;
  };
  for (const Sample& sample : Samples()) {
    for (int round = 0; round < 12; ++round) {
      Bytes bytes = sample.bytes;
      for (int flip = 0; flip <= round; ++flip) {
        bytes[12 + next(bytes.size() - 12)] ^= static_cast<std::uint8_t>(1u << next(8));
      }
      family.Add(sample.name + " " + std::to_string(round), bytes);
    }
  }
}

// `bytes` without the first part from `marker` to the next one.
Bytes WithoutSegment(Bytes bytes, std::uint8_t marker) {
  const std::array<std::uint8_t, 2> code = {0xFF, marker};
  const auto at = std::ranges::search(bytes, code).begin();
  if (at != bytes.end()) bytes.erase(at, at + 2 + (at[2] << 8 | at[3]));
  return bytes;
}

// `bytes` with the byte at `offset` behind the first `marker` replaced.
Bytes Changed(Bytes bytes, std::uint8_t marker, std::ptrdiff_t offset, std::uint8_t value) {
  const std::array<std::uint8_t, 2> code = {0xFF, marker};
  const auto at = std::ranges::search(bytes, code).begin();
  at[offset] = value;
  return bytes;
}

void AddBrokenStructures(std::vector<HostilePhoto>& photos) {
  Family family(photos, "broken_structure");
  const Bytes& jpeg = Samples()[0].bytes;
  for (const std::uint8_t marker : std::initializer_list<std::uint8_t>{0xC0, 0xC4, 0xDA, 0xDB}) {
    family.Add("JPEG without " + std::to_string(marker), WithoutSegment(jpeg, marker));
  }
  family.Add("JPEG of end only", FromText("\xFF\xD8\xFF\xD9"));
  family.Add("JPEG of two starts", FromText("\xFF\xD8\xFF\xD8\xFF\xD8\xFF\xD9"));
  family.Add("JPEG of two frames",
             WithSegment(jpeg, JpegSegment(0xC0, Bytes(&jpeg[0], &jpeg[15]))));
  family.Add("JPEG of fill bytes", Joined({FromText("\xFF\xD8"), Bytes(50'000, 0xFF)}));
  family.Add("JPEG segment of length 0", Joined({FromText("\xFF\xD8\xFF\xE0\0\0"sv), jpeg}));
  for (const std::uint8_t count : std::initializer_list<std::uint8_t>{0, 1, 2, 4, 5, 255}) {
    family.Add("JPEG components " + std::to_string(count), Changed(jpeg, 0xC0, 9, count));
  }
  for (const std::uint8_t sampling :
       std::initializer_list<std::uint8_t>{0x00, 0x10, 0x51, 0x44, 0xFF}) {
    family.Add("JPEG sampling " + std::to_string(sampling), Changed(jpeg, 0xC0, 11, sampling));
  }
  family.Add("JPEG height 0", Changed(Changed(jpeg, 0xC0, 5, 0), 0xC0, 6, 0));
  family.Add("JPEG of 12 bits", Changed(jpeg, 0xC0, 4, 12));
  family.Add("JPEG table 3", Changed(jpeg, 0xC0, 12, 3));
  family.Add("JPEG taller than its data", Changed(jpeg, 0xC0, 5, 8));
  const Bytes end = PngChunk("IEND", {});
  const Bytes header = PngChunkOfTwo("IHDR", 8, 8, {8, 2, 0, 0, 0});
  family.Add("PNG without pixels", PngFile({header, end}));
  family.Add("PNG of pixels that do not inflate",
             PngFile({header, PngChunk("IDAT", Bytes(99)), end}));
  family.Add("PNG of depth 3", PngFile({PngChunkOfTwo("IHDR", 8, 8, {3, 2, 0, 0, 0}), end}));
  family.Add("PNG of 0 by 0", PngFile({PngChunkOfTwo("IHDR", 0, 0, {8, 2, 0, 0, 0}), end}));
  family.Add(
      "PNG of palette without palette",
      PngFile({PngChunkOfTwo("IHDR", 8, 8, {8, 3, 0, 0, 0}), PngChunk("IDAT", Bytes(9)), end}));
  family.Add("WebP of no chunk", RiffFile({}));
  family.Add("WebP of canvas only", RiffFile({RiffChunk("VP8X", WebpCanvas(0, 9, 9))}));
  const Bytes& webp = Samples()[3].bytes;
  family.Add("WebP of another canvas", RiffFile({RiffChunk("VP8X", WebpCanvas(0, 9, 9)),
                                                 Bytes(webp.begin() + 12, webp.end())}));
  family.Add("WebP of zeros", RiffFile({RiffChunk("VP8 ", Bytes(100))}));
}

}  // namespace

std::vector<HostilePhoto> HostilePhotos() {
  std::vector<HostilePhoto> photos;
  AddBombs(photos);
  AddTruncated(photos);
  AddTwoFormats(photos);
  AddFourInks(photos);
  AddPngCodings(photos);
  AddAnimated(photos);
  AddWrongMagic(photos);
  AddForeignFormats(photos);
  AddTiny(photos);
  AddBitFlips(photos);
  AddBrokenStructures(photos);
  return photos;
}

}  // namespace homeward::testing
