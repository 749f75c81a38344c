// Photos that tests make themselves: a synthetic picture in every coding that a camera, a phone or
// an editor may choose. Nothing here shows a person.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace homeward::testing {

using Bytes = std::vector<std::uint8_t>;

// A CV_8UC3 of smooth colours, different in each corner and in no way symmetric, so that every
// turning and every mixing up of channels shows.
cv::Mat SyntheticPicture(int width_px, int height_px);

// Mean absolute difference of two pictures of one size, in levels of 0..255; 255 for different
// sizes.
double MeanDifference(const cv::Mat& a, const cv::Mat& b);

enum class JpegColour : std::uint8_t { kYcc, kGrey, kRgb, kCmyk, kYcck };

enum class JpegScans : std::uint8_t {
  kOne,
  kByComponent,  // sequential
  kProgressive,  // as every encoder does it
  kSpectral,     // progressive by frequency only: a scan may then come again
};

struct JpegCoding {
  JpegColour colour = JpegColour::kYcc;
  JpegScans scans = JpegScans::kOne;
  bool full_chroma = false;  // 4:4:4 instead of 4:2:0
  bool arithmetic = false;   // instead of Huffman
  bool adobe_marker = true;  // only for four inks: without it they are stored the other way round
  int restart_interval = 0;
  int quality = 95;
};

Bytes MakeJpeg(const cv::Mat& bgr, const JpegCoding& coding = {});

struct PngCoding {
  int colour_type = 2;  // as in IHDR: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha
  int bit_depth = 8;
  bool interlaced = false;
  // For colour types 0, 2 and 3: a tRNS chunk that makes one colour, that of the first pixel,
  // transparent.
  bool transparent_colour = false;
  int alpha = 255;  // of every pixel, for colour types 4 and 6, in 8 bits
};

// Palettes are of 2^bit_depth greys, so that a palette picture equals a grey one.
Bytes MakePng(const cv::Mat& bgr, const PngCoding& coding = {});

// All black at one bit a pixel: the fewest bytes for the most pixels.
Bytes MakeBlackPng(int width_px, int height_px);

struct WebpCoding {
  bool lossless = false;
  int alpha = 255;  // of every pixel
};

Bytes MakeWebp(const cv::Mat& bgr, const WebpCoding& coding = {});

// A TIFF block whose only entry is the orientation.
Bytes ExifBlock(int orientation, bool big_endian = false);

// A marker segment with its length.
Bytes JpegSegment(std::uint8_t marker, std::span<const std::uint8_t> payload);
// `jpeg` with `segment` right after SOI.
Bytes WithSegment(const Bytes& jpeg, const Bytes& segment);
Bytes JpegWithExif(const Bytes& jpeg, std::span<const std::uint8_t> exif);

// A chunk with length and CRC.
Bytes PngChunk(std::string_view type, std::span<const std::uint8_t> payload);
// `png` with `chunk` right after IHDR.
Bytes WithChunk(const Bytes& png, const Bytes& chunk);

// A chunk padded to an even length.
Bytes RiffChunk(std::string_view type, std::span<const std::uint8_t> payload);
// A WebP file of these chunks, one after the other.
Bytes RiffFile(const std::vector<Bytes>& chunks);
// The payload of a VP8X chunk.
Bytes WebpCanvas(std::uint8_t flags, std::uint32_t width_px, std::uint32_t height_px);
// `webp` in the extended layout, with an EXIF chunk behind the picture.
Bytes WebpWithExif(const Bytes& webp, std::span<const std::uint8_t> exif);

Bytes Joined(const std::vector<Bytes>& parts);
Bytes FromText(std::string_view text);

}  // namespace homeward::testing
