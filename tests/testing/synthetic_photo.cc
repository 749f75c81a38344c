#include "tests/testing/synthetic_photo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

namespace homeward::testing {
namespace {

std::uint8_t Byte(unsigned value) { return static_cast<std::uint8_t>(value & 255); }

Bytes BigEndian32(std::uint32_t value) {
  return {Byte(value >> 24), Byte(value >> 16), Byte(value >> 8), Byte(value)};
}

Bytes LittleEndian32(std::uint32_t value) {
  return {Byte(value), Byte(value >> 8), Byte(value >> 16), Byte(value >> 24)};
}

std::uint32_t Crc(std::span<const std::uint8_t> bytes) {
  std::uint32_t crc = ~0u;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc % 2 == 1 ? 0xEDB88320u : 0u);
  }
  return ~crc;
}

void AppendTo(png_structp writer, png_bytep data, std::size_t size) {
  auto& target = *static_cast<Bytes*>(png_get_io_ptr(writer));
  target.insert(target.end(), data, data + size);
}

// One row in the colours that the JPEG is to be given.
void FillJpegRow(const cv::Vec3b* bgr, int width, const JpegCoding& coding, std::uint8_t* row) {
  const bool four_inks = coding.colour == JpegColour::kCmyk || coding.colour == JpegColour::kYcck;
  for (int x = 0; x < width; ++x) {
    if (!four_inks) {
      for (int c = 0; c < 3; ++c) *row++ = bgr[x][c];
      continue;
    }
    const int white = std::max({bgr[x][0], bgr[x][1], bgr[x][2], std::uint8_t{1}});
    for (int c = 2; c >= 0; --c) *row++ = Byte(static_cast<unsigned>(bgr[x][c] * 255 / white));
    *row++ = Byte(static_cast<unsigned>(white));
    if (!coding.adobe_marker) {
      for (int ink = 1; ink <= 4; ++ink) row[-ink] = Byte(255u - row[-ink]);
    }
  }
}

void ChooseColours(jpeg_compress_struct& cinfo, const JpegCoding& coding) {
  const bool four_inks = coding.colour == JpegColour::kCmyk || coding.colour == JpegColour::kYcck;
  cinfo.input_components = four_inks ? 4 : 3;
  cinfo.in_color_space = four_inks ? JCS_CMYK : JCS_EXT_BGR;
  jpeg_set_defaults(&cinfo);
  constexpr std::array<J_COLOR_SPACE, 5> kSpaces = {JCS_YCbCr, JCS_GRAYSCALE, JCS_RGB, JCS_CMYK,
                                                    JCS_YCCK};
  jpeg_set_colorspace(&cinfo, kSpaces[static_cast<std::size_t>(coding.colour)]);
  if (!coding.adobe_marker) cinfo.write_Adobe_marker = FALSE;
  if (coding.full_chroma) cinfo.comp_info[0].h_samp_factor = cinfo.comp_info[0].v_samp_factor = 1;
}

void ChooseScans(jpeg_compress_struct& cinfo, JpegScans scans) {
  static constexpr std::array<jpeg_scan_info, 4> kSequential = {jpeg_scan_info{1, {0}, 0, 63, 0, 0},
                                                                {1, {1}, 0, 63, 0, 0},
                                                                {1, {2}, 0, 63, 0, 0},
                                                                {1, {3}, 0, 63, 0, 0}};
  static constexpr std::array<jpeg_scan_info, 4> kSpectral = {
      jpeg_scan_info{3, {0, 1, 2}, 0, 0, 0, 0},
      {1, {0}, 1, 63, 0, 0},
      {1, {1}, 1, 63, 0, 0},
      {1, {2}, 1, 63, 0, 0}};
  if (scans == JpegScans::kProgressive) jpeg_simple_progression(&cinfo);
  if (scans == JpegScans::kByComponent) {
    cinfo.scan_info = kSequential.data();
    cinfo.num_scans = cinfo.num_components;
  }
  if (scans == JpegScans::kSpectral) {
    cinfo.scan_info = kSpectral.data();
    cinfo.num_scans = static_cast<int>(kSpectral.size());
  }
}

// 16-bit and 8-bit samples of one pixel, grey or RGB, with or without alpha.
void AppendSamples(const cv::Vec3b& bgr, const PngCoding& coding, Bytes& row) {
  const auto append = [&](std::uint8_t level) {
    row.push_back(level);
    if (coding.bit_depth == 16) row.push_back(level);
  };
  if ((coding.colour_type & PNG_COLOR_MASK_COLOR) != 0) {
    for (int c = 2; c >= 0; --c) append(bgr[c]);
  } else {
    append(bgr[1]);
  }
  if ((coding.colour_type & PNG_COLOR_MASK_ALPHA) != 0) {
    append(Byte(static_cast<unsigned>(coding.alpha)));
  }
}

// Grey levels or palette indices of 1, 2, 4 or 8 bits, packed from the high bits on.
Bytes PackedRow(const cv::Vec3b* bgr, int width, int bit_depth) {
  Bytes row(static_cast<std::size_t>((width * bit_depth + 7) / 8));
  for (int x = 0; x < width; ++x) {
    const int level = bgr[x][1] >> (8 - bit_depth);
    const int bit = x * bit_depth;
    row[static_cast<std::size_t>(bit / 8)] |=
        Byte(static_cast<unsigned>(level << (8 - bit_depth - bit % 8)));
  }
  return row;
}

std::vector<Bytes> PngRows(const cv::Mat& bgr, const PngCoding& coding) {
  std::vector<Bytes> rows;
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* pixels = bgr.ptr<cv::Vec3b>(y);
    if (coding.colour_type == PNG_COLOR_TYPE_PALETTE || coding.bit_depth < 8) {
      rows.push_back(PackedRow(pixels, bgr.cols, coding.bit_depth));
      continue;
    }
    rows.emplace_back();
    for (int x = 0; x < bgr.cols; ++x) AppendSamples(pixels[x], coding, rows.back());
  }
  return rows;
}

void SetTransparentColour(png_structp png, png_infop info, const cv::Vec3b& bgr,
                          const PngCoding& coding) {
  const auto wide = [&](int level) {
    if (coding.bit_depth < 8) level >>= 8 - coding.bit_depth;
    return static_cast<png_uint_16>(coding.bit_depth == 16 ? level * 257 : level);
  };
  png_color_16 colour{.index = 0,
                      .red = wide(bgr[2]),
                      .green = wide(bgr[1]),
                      .blue = wide(bgr[0]),
                      .gray = wide(bgr[1])};
  Bytes alphas(std::size_t{1} << std::min(coding.bit_depth, 8), 255);
  alphas[static_cast<std::size_t>(bgr[1] >> (8 - std::min(coding.bit_depth, 8)))] = 0;
  const bool palette = coding.colour_type == PNG_COLOR_TYPE_PALETTE;
  png_set_tRNS(png, info, palette ? alphas.data() : nullptr,
               palette ? static_cast<int>(alphas.size()) : 1, palette ? nullptr : &colour);
}

void SetGreyPalette(png_structp png, png_infop info, int bit_depth) {
  std::array<png_color, 256> palette{};
  const int count = 1 << bit_depth;
  for (int i = 0; i < count; ++i) {
    const std::uint8_t level = Byte(static_cast<unsigned>(i * 255 / (count - 1)));
    palette[static_cast<std::size_t>(i)] = {level, level, level};
  }
  png_set_PLTE(png, info, palette.data(), count);
}

}  // namespace

cv::Mat SyntheticPicture(int width_px, int height_px) {
  cv::Mat bgr(height_px, width_px, CV_8UC3);
  const int width = std::max(width_px - 1, 1);
  const int height = std::max(height_px - 1, 1);
  for (int y = 0; y < height_px; ++y) {
    auto* row = bgr.ptr<cv::Vec3b>(y);
    for (int x = 0; x < width_px; ++x) {
      row[x] = {Byte(static_cast<unsigned>(40 + 170 * x / width)),
                Byte(static_cast<unsigned>(30 + 190 * y / height)),
                Byte(static_cast<unsigned>(220 - 100 * x / width - 90 * y / height))};
    }
  }
  return bgr;
}

double MeanDifference(const cv::Mat& a, const cv::Mat& b) {
  if (a.size() != b.size() || a.type() != b.type() || a.empty()) return 255;
  return cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total() * a.elemSize());
}

Bytes MakeJpeg(const cv::Mat& bgr, const JpegCoding& coding) {
  jpeg_compress_struct cinfo{};
  jpeg_error_mgr errors{};
  cinfo.err = jpeg_std_error(&errors);
  jpeg_create_compress(&cinfo);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&cinfo, &buffer, &size);
  cinfo.image_width = static_cast<JDIMENSION>(bgr.cols);
  cinfo.image_height = static_cast<JDIMENSION>(bgr.rows);
  ChooseColours(cinfo, coding);
  jpeg_set_quality(&cinfo, coding.quality, TRUE);
  cinfo.arith_code = coding.arithmetic ? TRUE : FALSE;
  cinfo.restart_interval = static_cast<unsigned>(coding.restart_interval);
  ChooseScans(cinfo, coding.scans);
  jpeg_start_compress(&cinfo, TRUE);
  Bytes row(static_cast<std::size_t>(bgr.cols) * 4);
  for (int y = 0; y < bgr.rows; ++y) {
    FillJpegRow(bgr.ptr<cv::Vec3b>(y), bgr.cols, coding, row.data());
    JSAMPROW pointer = row.data();
    jpeg_write_scanlines(&cinfo, &pointer, 1);
  }
  jpeg_finish_compress(&cinfo);
  Bytes bytes(buffer, buffer + size);
  jpeg_destroy_compress(&cinfo);
  std::free(buffer);
  return bytes;
}

Bytes MakePng(const cv::Mat& bgr, const PngCoding& coding) {
  Bytes bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &bytes, AppendTo, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(bgr.cols), static_cast<png_uint_32>(bgr.rows),
               coding.bit_depth, coding.colour_type,
               coding.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (coding.colour_type == PNG_COLOR_TYPE_PALETTE) SetGreyPalette(png, info, coding.bit_depth);
  if (coding.transparent_colour) {
    SetTransparentColour(png, info, bgr.at<cv::Vec3b>(0, 0), coding);
  }
  png_write_info(png, info);
  std::vector<Bytes> rows = PngRows(bgr, coding);
  std::vector<png_bytep> pointers;
  for (Bytes& row : rows) pointers.push_back(row.data());
  png_write_image(png, pointers.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return bytes;
}

Bytes MakeBlackPng(int width_px, int height_px) {
  Bytes bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &bytes, AppendTo, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width_px), static_cast<png_uint_32>(height_px),
               1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, 9);
  png_write_info(png, info);
  const Bytes row(static_cast<std::size_t>(width_px / 8 + 1));
  for (int y = 0; y < height_px; ++y) png_write_row(png, row.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return bytes;
}

Bytes MakeWebp(const cv::Mat& bgr, const WebpCoding& coding) {
  const bool alpha = coding.alpha < 255;
  cv::Mat pixels;
  cv::cvtColor(bgr, pixels, cv::COLOR_BGR2BGRA);
  for (auto& pixel : cv::Mat_<cv::Vec4b>(pixels)) {
    pixel[3] = Byte(static_cast<unsigned>(coding.alpha));
  }
  const cv::Mat& source = alpha ? pixels : bgr;
  const int stride = static_cast<int>(source.step);
  std::uint8_t* buffer = nullptr;
  std::size_t size = 0;
  if (coding.lossless) {
    size = (alpha ? WebPEncodeLosslessBGRA : WebPEncodeLosslessBGR)(source.data, source.cols,
                                                                    source.rows, stride, &buffer);
  } else {
    size = (alpha ? WebPEncodeBGRA : WebPEncodeBGR)(source.data, source.cols, source.rows, stride,
                                                    90, &buffer);
  }
  Bytes bytes(buffer, buffer + size);
  WebPFree(buffer);
  return bytes;
}

Bytes ExifBlock(int orientation, bool big_endian) {
  const std::uint8_t value = Byte(static_cast<unsigned>(orientation));
  if (big_endian) {
    return {'M', 'M', 0, 42, 0, 0, 0,     8, 0, 1, 1, 0x12, 0,
            3,   0,   0, 0,  1, 0, value, 0, 0, 0, 0, 0,    0};
  }
  return {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0};
}

Bytes JpegSegment(std::uint8_t marker, std::span<const std::uint8_t> payload) {
  const auto length = static_cast<unsigned>(payload.size() + 2);
  Bytes segment = {0xFF, marker, Byte(length >> 8), Byte(length)};
  segment.insert(segment.end(), payload.begin(), payload.end());
  return segment;
}

Bytes WithSegment(const Bytes& jpeg, const Bytes& segment) {
  Bytes result = jpeg;
  result.insert(result.begin() + 2, segment.begin(), segment.end());
  return result;
}

Bytes JpegWithExif(const Bytes& jpeg, std::span<const std::uint8_t> exif) {
  Bytes payload = {'E', 'x', 'i', 'f', 0, 0};
  payload.insert(payload.end(), exif.begin(), exif.end());
  return WithSegment(jpeg, JpegSegment(0xE1, payload));
}

Bytes PngChunk(std::string_view type, std::span<const std::uint8_t> payload) {
  Bytes body = FromText(type);
  body.insert(body.end(), payload.begin(), payload.end());
  return Joined(
      {BigEndian32(static_cast<std::uint32_t>(payload.size())), body, BigEndian32(Crc(body))});
}

Bytes WithChunk(const Bytes& png, const Bytes& chunk) {
  constexpr std::ptrdiff_t kBehindIhdr = 33;
  Bytes result = png;
  result.insert(result.begin() + kBehindIhdr, chunk.begin(), chunk.end());
  return result;
}

Bytes RiffChunk(std::string_view type, std::span<const std::uint8_t> payload) {
  Bytes chunk = Joined({FromText(type), LittleEndian32(static_cast<std::uint32_t>(payload.size())),
                        Bytes(payload.begin(), payload.end())});
  if (chunk.size() % 2 == 1) chunk.push_back(0);
  return chunk;
}

Bytes RiffFile(const std::vector<Bytes>& chunks) {
  const Bytes body = Joined(chunks);
  return Joined({FromText("RIFF"), LittleEndian32(static_cast<std::uint32_t>(body.size() + 4)),
                 FromText("WEBP"), body});
}

Bytes WebpCanvas(std::uint8_t flags, std::uint32_t width_px, std::uint32_t height_px) {
  const std::uint32_t w = width_px - 1;
  const std::uint32_t h = height_px - 1;
  return {flags,        0, 0, 0, Byte(w), Byte(w >> 8), Byte(w >> 16), Byte(h), Byte(h >> 8),
          Byte(h >> 16)};
}

Bytes WebpWithExif(const Bytes& webp, std::span<const std::uint8_t> exif) {
  constexpr std::uint8_t kExifFlag = 0x08;
  int width = 0;
  int height = 0;
  const bool lossy = webp[15] == ' ';
  if (lossy) {
    width = (webp[26] | webp[27] << 8) & 0x3FFF;
    height = (webp[28] | webp[29] << 8) & 0x3FFF;
  } else {
    const int bits = webp[21] | webp[22] << 8 | webp[23] << 16 | webp[24] << 24;
    width = (bits & 0x3FFF) + 1;
    height = (bits >> 14 & 0x3FFF) + 1;
  }
  const Bytes canvas =
      WebpCanvas(kExifFlag, static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height));
  return RiffFile(
      {RiffChunk("VP8X", canvas), Bytes(webp.begin() + 12, webp.end()), RiffChunk("EXIF", exif)});
}

Bytes Joined(const std::vector<Bytes>& parts) {
  Bytes whole;
  for (const Bytes& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

Bytes FromText(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace homeward::testing
