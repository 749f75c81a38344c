// How the pixels of a chip become the numbers that a network was trained on.
#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <span>

namespace homeward {

enum class ChannelOrder : std::uint8_t { kRgb, kBgr };

struct Preprocessing {
  ChannelOrder channels = ChannelOrder::kRgb;
  std::array<double, 3> mean{};  // taken from each channel, in the order of `channels`
  double scale = 1;              // multiplies what is left
  // Instead of both: each chip to mean 0 and variance 1 over all of its numbers, as FaceNet has it
  // (a chip of one colour becomes zeros).
  bool standardise = false;

  friend bool operator==(const Preprocessing&, const Preprocessing&) = default;
};

// One array of chips x 3 x height x width floats. `chips`: at least one, CV_8UC3 in BGR, of one
// size. Errors: cv::Exception, which the adapters stop. Thread safe.
cv::Mat NetworkInput(std::span<const cv::Mat> chips, const Preprocessing& preprocessing);

}  // namespace homeward
