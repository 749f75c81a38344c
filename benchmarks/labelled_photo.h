// Photos of which it is known, without asking a detector, where the labelled person's face is.
#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <vector>

namespace homeward {

// About where dlib's detectors would draw the box of an upright face: brows to chin.
struct FacePlace {
  cv::Point2d middle;
  double side = 0;

  // Whether `box` is of this face: its middle is within half a side, its size between 0.4 and 2.5
  // of it.
  bool IsCoveredBy(const cv::Rect2f& box) const;
  // Whether the middle of `box` is within 0.7 of a side, whatever its size.
  bool Holds(const cv::Rect2f& box) const;
};

struct LabelledPhoto {
  cv::Mat bgr;  // CV_8UC3
  FacePlace face;
};

// Constants are chosen on one half of the people and files, figures are told for the other.
enum class Half { kReported, kDevelopment };

// The sets are aligned by their makers, so the place of the face is one share of the picture each.
// Evenly spread over the half; no two photos of `PhotosAsTheyCome` show one person.
// `count` photos: half LFW, half in equal parts children, East Asian adults and the elderly.
std::vector<LabelledPhoto> PhotosAsTheyCome(const std::filesystem::path& faces, Half half,
                                            std::size_t count);
// `count` crops of 88 to 160 px that end at chin and forehead.
std::vector<LabelledPhoto> TightCrops(const std::filesystem::path& faces, Half half,
                                      std::size_t count);

}  // namespace homeward
