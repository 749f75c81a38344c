// A photo decoded as small as each use of it allows, each size once.
#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>
#include <span>

#include "matcher/error.h"
#include "matcher/face.h"
#include "matcher/photo.h"

namespace homeward {

// A copy of the whole picture, which is what DecodePhoto gives: divided by photo.reduction while it
// was decoded. Whatever is told or stored of a photo is in pixels of the whole picture.
struct PhotoCopy {
  Photo photo;
  // Where the copy's upper left corner lies, in pixels of the whole picture. Not the whole
  // picture's own where sizes were rounded up and the photo was turned upright.
  cv::Point2f corner;

  cv::Point2f ToWhole(cv::Point2f point) const;
  cv::Rect2f ToWhole(const cv::Rect2f& box) const;
  cv::Point2f FromWhole(cv::Point2f point) const;
  cv::Rect2f FromWhole(const cv::Rect2f& box) const;
  Landmarks ToWhole(const Landmarks& landmarks) const;
  Landmarks FromWhole(const Landmarks& landmarks) const;
};

// Keeps what it decoded. Thread safety: none.
class PhotoReader {
 public:
  // Reads the headers of a JPEG and decodes anything else. `bytes` outlive the reader. Errors: as
  // DecodePhoto.
  static Result<PhotoReader> Open(std::span<const std::uint8_t> bytes,
                                  const PhotoLimits& limits = {});
  // Of pixels that are there already: there is no other copy than the whole picture. Shares them.
  explicit PhotoReader(const Photo& whole);

  // Of the whole picture, upright.
  cv::Size size() const { return size_; }
  // The copies that there are: 1, 2, 4, ... up to this; 1 for what is no JPEG.
  int most_reduction() const { return most_reduction_; }

  // The copy lives as long as the reader. `reduction`: one of the above. Errors: as DecodePhoto.
  Result<const PhotoCopy*> At(int reduction);

 private:
  PhotoReader() = default;
  cv::Point2f CornerOf(const Photo& copy) const;

  std::span<const std::uint8_t> bytes_;
  PhotoHeader header_;
  PhotoLimits limits_;
  cv::Size size_;
  int most_reduction_ = 1;
  std::array<std::optional<PhotoCopy>, 4> copies_;  // by the power of two
};

}  // namespace homeward
