#include "matcher/webp_decoder.h"

#include <cstddef>
#include <new>

#include <webp/decode.h>

#include "matcher/photo_refusal.h"

namespace homeward {
namespace {

// Lays the picture over mid-grey within its own memory: a pixel's place in BGR is never behind its
// place in BGRA, so nothing unread is overwritten.
cv::Mat FlattenOverMidGrey(cv::Mat bgra) {
  constexpr int kMidGrey = 128;
  const std::size_t pixels = bgra.total();
  const std::uint8_t* from = bgra.data;
  std::uint8_t* to = bgra.data;
  for (std::size_t i = 0; i < pixels; ++i, from += 4, to += 3) {
    const int alpha = from[3];
    for (int c = 0; c < 3; ++c) {
      to[c] = static_cast<std::uint8_t>((from[c] * alpha + kMidGrey * (255 - alpha) + 127) / 255);
    }
  }
  return bgra.reshape(1, 1).colRange(0, static_cast<int>(3 * pixels)).reshape(3, bgra.rows);
}

// What libwebp allocates besides the pixels: a lossless picture is held as ARGB until it is whole,
// and so may the alpha of a lossy one be, besides the alpha itself.
std::int64_t WorkingBytes(const PhotoHeader& header, const WebPBitstreamFeatures& features) {
  constexpr int kLossless = 2;
  const std::int64_t pixels = std::int64_t{header.width_px} * header.height_px;
  if (features.format == kLossless) return 4 * pixels;
  return features.has_alpha != 0 ? 5 * pixels : 0;
}

std::unexpected<Error> Refusal(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_OUT_OF_MEMORY:
      throw std::bad_alloc();
    case VP8_STATUS_SUSPENDED:
    case VP8_STATUS_NOT_ENOUGH_DATA:
      // The file is as long as it says, so this is no early end.
      return RefuseCorrupt(PhotoFormat::kWebp, "less data than it announces");
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return RefuseCorrupt(PhotoFormat::kWebp, "an unknown feature");
    case VP8_STATUS_OK:
    case VP8_STATUS_INVALID_PARAM:
    case VP8_STATUS_BITSTREAM_ERROR:
    case VP8_STATUS_USER_ABORT:
      break;
  }
  return RefuseCorrupt(PhotoFormat::kWebp, "data that does not decode");
}

void ScaleTo(WebPDecoderConfig& config, const cv::Mat& pixels) {
  config.options.use_scaling = 1;
  config.options.scaled_width = pixels.cols;
  config.options.scaled_height = pixels.rows;
}

void WriteInto(WebPDecoderConfig& config, cv::Mat& pixels) {
  config.output.colorspace = pixels.channels() == 4 ? MODE_BGRA : MODE_BGR;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = pixels.data;
  config.output.u.RGBA.stride = static_cast<int>(pixels.step);
  config.output.u.RGBA.size = pixels.total() * pixels.elemSize();
}

}  // namespace

Result<StoredPicture> DecodeWebp(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                 const PhotoLimits& limits) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) {
    return Fail(Reason::kInternal, "libwebp is not the version this was built for.");
  }
  const VP8StatusCode features = WebPGetFeatures(bytes.data(), bytes.size(), &config.input);
  if (features != VP8_STATUS_OK) return Refusal(features);
  if (config.input.width != header.width_px || config.input.height != header.height_px) {
    return RefuseCorrupt(PhotoFormat::kWebp, "two different sizes");
  }
  const bool alpha = config.input.has_alpha != 0;
  const std::int64_t working = WorkingBytes(header, config.input);
  StoredPicture picture;
  if (working > 0) picture.reduction = FitReduction(header, limits, 1, working, alpha ? 4 : 3);
  cv::Mat pixels(ReducedSide(header.height_px, picture.reduction),
                 ReducedSide(header.width_px, picture.reduction), alpha ? CV_8UC4 : CV_8UC3);
  if (picture.reduction > 1) ScaleTo(config, pixels);
  WriteInto(config, pixels);
  const VP8StatusCode decoded = WebPDecode(bytes.data(), bytes.size(), &config);
  if (decoded != VP8_STATUS_OK) return Refusal(decoded);
  picture.bgr = alpha ? FlattenOverMidGrey(pixels) : pixels;
  return picture;
}

}  // namespace homeward
