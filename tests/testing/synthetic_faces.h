// A world in which faces are coloured squares: pictures of them, and the matcher's ports that read
// whose face it is from the colours. Stories run in it without weights and in milliseconds.
//
// A face is a square framed in magenta, its upper edge cyan, so that a picture turned round shows
// none. Inside are three stripes: two for the identity, one for the variation (another photo of the
// same person).
#pragma once

#include <cstdint>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "matcher/face_analyzer.h"
#include "matcher/photo.h"

namespace homeward::testing {

struct SyntheticFace {
  int identity = 0;   // below 2^18
  int variation = 0;  // below 2^9; 0 is the identity's very vector
  cv::Point at{16, 16};
  int size_px = 96;
};

// The size of a face that is found and is too small for a template.
inline constexpr int kTooSmallPx = 12;

// Two photos of one identity are nearer than this, two of different identities farther apart.
inline constexpr double kSyntheticThreshold = 0.4;

const Space& SyntheticSpace();
// Another, of the same size: what is near in one is near in the other, but a template of the one is
// far from every template of the other.
const Space& OtherSyntheticSpace();
// The vector that the world gives to a face in the first of them.
std::vector<float> VectorOf(int identity, int variation);

// A picture that shows these faces on grey, in pixels or as a PNG, which keeps even the smallest
// face.
cv::Mat DrawFaces(const std::vector<SyntheticFace>& faces, cv::Size size = {256, 128});
std::vector<std::uint8_t> PhotoOf(const std::vector<SyntheticFace>& faces,
                                  cv::Size size = {256, 128});
// One face.
std::vector<std::uint8_t> PhotoOf(int identity, int variation = 0);

std::unique_ptr<FaceAnalyzer> MakeSyntheticAnalyzer(const std::vector<Space>& spaces = {
                                                        SyntheticSpace()});

}  // namespace homeward::testing
