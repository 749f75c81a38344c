// The second port of models/: a face chip in, its raw vector in one space out.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "matcher/error.h"
#include "matcher/face.h"
#include "matcher/template.h"

namespace homeward {

// One network of one space. The chip's geometry belongs to the space, so the embedder cuts it too.
// Thread safety: none; one per worker.
class FaceEmbedder {
 public:
  virtual ~FaceEmbedder() = default;
  virtual const Space& space() const = 0;
  // The aligned face as CV_8UC3, square (150 px for dlib's network), cut from landmarks alone, so
  // that boxes of different detectors give the same chip.
  virtual cv::Mat CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const = 0;
  // One vector of space().dimension floats per chip, in order: the network's output, unscaled.
  virtual Result<std::vector<std::vector<float>>> Embed(std::span<const cv::Mat> chips) = 0;
};

}  // namespace homeward
