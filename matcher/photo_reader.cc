#include "matcher/photo_reader.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <exception>
#include <string>
#include <utility>

#include "matcher/exif_orientation.h"
#include "matcher/jpeg_decoder.h"
#include "matcher/stored_picture.h"

namespace homeward {
namespace {

// DCT scaling goes down to one pixel of a block of eight.
constexpr int kMostJpegReduction = 8;

// A copy's last row and column may stand for pixels beyond the stored picture; turned upright they
// may be the first ones.
bool BeginsAtRight(int exif_orientation) {
  return exif_orientation == 2 || exif_orientation == 3 || exif_orientation == 6 ||
         exif_orientation == 7;
}
bool BeginsBelow(int exif_orientation) {
  return exif_orientation == 3 || exif_orientation == 4 || exif_orientation == 7 ||
         exif_orientation == 8;
}

Landmarks Mapped(const Landmarks& landmarks, const auto& map) {
  Landmarks mapped;
  std::ranges::transform(landmarks, mapped.begin(), map);
  return mapped;
}

}  // namespace

cv::Point2f PhotoCopy::ToWhole(cv::Point2f point) const {
  if (photo.reduction == 1) return point;  // to the bit
  const cv::Point2f half(0.5F, 0.5F);
  return (point + half) * photo.reduction - half + corner;
}

cv::Rect2f PhotoCopy::ToWhole(const cv::Rect2f& box) const {
  const auto reduction = static_cast<float>(photo.reduction);
  return {ToWhole(box.tl()), cv::Size2f(box.width * reduction, box.height * reduction)};
}

cv::Point2f PhotoCopy::FromWhole(cv::Point2f point) const {
  if (photo.reduction == 1) return point;
  const cv::Point2f half(0.5F, 0.5F);
  return (point - corner + half) / photo.reduction - half;
}

cv::Rect2f PhotoCopy::FromWhole(const cv::Rect2f& box) const {
  const auto reduction = static_cast<float>(photo.reduction);
  return {FromWhole(box.tl()), cv::Size2f(box.width / reduction, box.height / reduction)};
}

Landmarks PhotoCopy::ToWhole(const Landmarks& landmarks) const {
  return Mapped(landmarks, [&](cv::Point2f point) { return ToWhole(point); });
}

Landmarks PhotoCopy::FromWhole(const Landmarks& landmarks) const {
  return Mapped(landmarks, [&](cv::Point2f point) { return FromWhole(point); });
}

PhotoReader::PhotoReader(const Photo& whole) : size_(whole.bgr.size()) {
  copies_[0] = PhotoCopy{.photo = whole, .corner = {}};
}

Result<PhotoReader> PhotoReader::Open(std::span<const std::uint8_t> bytes,
                                      const PhotoLimits& limits) {
  const auto header = ReadPhotoHeader(bytes, limits);
  if (!header) return std::unexpected(header.error());
  if (header->format != PhotoFormat::kJpeg) {
    auto whole = DecodePhoto(bytes, limits);
    if (!whole) return std::unexpected(std::move(whole).error());
    return PhotoReader(*whole);
  }
  const auto whole_reduction = JpegReduction(bytes, *header, limits);
  if (!whole_reduction) return std::unexpected(whole_reduction.error());
  PhotoReader reader;
  reader.bytes_ = bytes;
  reader.header_ = *header;
  reader.limits_ = limits;
  reader.size_ = {ReducedSide(header->width_px, *whole_reduction),
                  ReducedSide(header->height_px, *whole_reduction)};
  if (SwapsSides(header->exif_orientation)) std::swap(reader.size_.width, reader.size_.height);
  reader.most_reduction_ = kMostJpegReduction / *whole_reduction;
  return reader;
}

cv::Point2f PhotoReader::CornerOf(const Photo& copy) const {
  const int beyond_width = copy.bgr.cols * copy.reduction - size_.width;
  const int beyond_height = copy.bgr.rows * copy.reduction - size_.height;
  const int orientation = header_.exif_orientation;
  return {BeginsAtRight(orientation) ? static_cast<float>(-beyond_width) : 0.0F,
          BeginsBelow(orientation) ? static_cast<float>(-beyond_height) : 0.0F};
}

Result<const PhotoCopy*> PhotoReader::At(int reduction) {
  auto& copy = copies_.at(std::bit_width(static_cast<unsigned>(reduction)) - 1U);
  if (!copy) {
    auto photo = DecodePhotoReduced(bytes_, header_, limits_, reduction);
    if (!photo) return std::unexpected(std::move(photo).error());
    const cv::Point2f corner = CornerOf(*photo);
    copy = PhotoCopy{.photo = *std::move(photo), .corner = corner};
  }
  return &*copy;
}

}  // namespace homeward
