#include "matcher/photo.h"

#include <exception>
#include <utility>

#include "matcher/exif_orientation.h"
#include "matcher/jpeg_decoder.h"
#include "matcher/png_decoder.h"
#include "matcher/webp_decoder.h"

namespace homeward {
namespace {

Result<StoredPicture> DecodeStored(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                   const PhotoLimits& limits, int reduction) {
  switch (header.format) {
    case PhotoFormat::kJpeg:
      return DecodeJpeg(bytes, header, limits, reduction);
    case PhotoFormat::kPng:
      return DecodePng(bytes, header, limits);
    case PhotoFormat::kWebp:
      return DecodeWebp(bytes, header, limits);
  }
  return Fail(Reason::kInternal, "A photo format without a decoder.");
}

}  // namespace

Result<Photo> DecodePhoto(std::span<const std::uint8_t> bytes, const PhotoLimits& limits) {
  const Result<PhotoHeader> header = ReadPhotoHeader(bytes, limits);
  if (!header) return std::unexpected(header.error());
  return DecodePhotoReduced(bytes, *header, limits, 1);
}

Result<Photo> DecodePhotoReduced(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                 const PhotoLimits& limits, int reduction) try {
  Result<StoredPicture> stored = DecodeStored(bytes, header, limits, reduction);
  if (!stored) return std::unexpected(std::move(stored.error()));
  Photo photo;
  photo.bgr = TurnUpright(std::move(stored->bgr), header.exif_orientation);
  photo.format = header.format;
  photo.original_width_px = header.width_px;
  photo.original_height_px = header.height_px;
  photo.decode_scale = 1.0 / stored->reduction;
  photo.reduction = reduction;
  if (SwapsSides(header.exif_orientation)) {
    std::swap(photo.original_width_px, photo.original_height_px);
  }
  return photo;
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("The photo could not be decoded: ") + error.what());
}

}  // namespace homeward
