// The matcher's ports without weights. A face is a filled square of pure red; how a detector,
// a landmarker and an embedder take it is plain arithmetic.
#pragma once

#include <algorithm>
#include <memory>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matcher/face_cascade.h"
#include "matcher/face_detector.h"
#include "matcher/face_embedder.h"
#include "matcher/landmarks.h"
#include "matcher/photo.h"

namespace homeward::testing {

inline const cv::Scalar kFaceColour{0, 0, 255};

// A picture of blue with a red square at each of `faces`.
inline cv::Mat PictureOf(cv::Size size, const std::vector<cv::Rect>& faces) {
  cv::Mat bgr(size, CV_8UC3, cv::Scalar(255, 0, 0));
  for (const cv::Rect& face : faces) bgr(face & cv::Rect({}, size)) = kFaceColour;
  return bgr;
}

inline Photo PhotoOf(const cv::Mat& bgr) {
  Photo photo;
  photo.bgr = bgr;
  photo.original_width_px = bgr.cols;
  photo.original_height_px = bgr.rows;
  return photo;
}

// Sees red squares of at least `least_px` pixels, and grey around them where it asks for that.
class RedDetector final : public FaceDetector {
 public:
  struct Sight {
    int least_px = 8;
    bool needs_grey_border = false;  // sees only pictures whose corner is the border's grey
    std::optional<Error> error = {};
  };

  // Every picture's size goes to `seen`, which outlives the detector.
  RedDetector(Sight sight, std::vector<cv::Size>& seen) : sight_(std::move(sight)), seen_(seen) {}

  Result<std::vector<cv::Rect2f>> Detect(const cv::Mat& bgr) override {
    seen_.push_back(bgr.size());
    if (sight_.error) return std::unexpected(*sight_.error);
    std::vector<cv::Rect2f> boxes;
    const bool grey = bgr.at<cv::Vec3b>(0, 0) == cv::Vec3b(128, 128, 128);
    if (sight_.needs_grey_border && !grey) return boxes;
    cv::Mat red;
    cv::inRange(bgr, cv::Scalar(0, 0, 200), cv::Scalar(60, 60, 255), red);
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(red, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    for (const auto& outline : outlines) {
      const cv::Rect box = cv::boundingRect(outline);
      if (std::min(box.width, box.height) >= sight_.least_px) boxes.emplace_back(box);
    }
    return boxes;
  }

 private:
  Sight sight_;
  std::vector<cv::Size>& seen_;
};

// The mean face, as large as FaceBox draws it for `box`.
inline Landmarks MeanFaceIn(const cv::Rect2f& box) {
  Landmarks landmarks;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    landmarks[i] = {static_cast<float>(kMeanFace[i][0]), static_cast<float>(kMeanFace[i][1])};
  }
  const cv::Rect2f units = FaceBox(landmarks);
  const float scale = box.width / units.width;
  for (cv::Point2f& point : landmarks) point = box.tl() + (point - units.tl()) * scale;
  return landmarks;
}

// Fits the mean face into every box, or nothing, or points in a row that make no face.
class MeanFaceLandmarker final : public FaceLandmarker {
 public:
  enum class Answer { kFace, kNothing, kNoFace };
  // The size of every picture goes to `seen`, where there is one; it outlives the landmarker.
  explicit MeanFaceLandmarker(Answer answer = Answer::kFace, std::vector<cv::Size>* seen = nullptr)
      : answer_(answer), seen_(seen) {}

  std::optional<Landmarks> Fit(const cv::Mat& bgr, const cv::Rect2f& box) const override {
    if (seen_ != nullptr) seen_->push_back(bgr.size());
    if (answer_ == Answer::kNothing) return std::nullopt;
    Landmarks landmarks = MeanFaceIn(box);
    if (answer_ == Answer::kNoFace) std::ranges::reverse(landmarks);
    return landmarks;
  }

 private:
  Answer answer_;
  std::vector<cv::Size>* seen_;
};

// Two floats: mean red of the chip's left and of its right half.
class HalvesEmbedder final : public FaceEmbedder {
 public:
  // The number of chips of every call goes to `batches`, which outlives the embedder.
  explicit HalvesEmbedder(std::vector<std::size_t>& batches, std::string space_id = "halves")
      : batches_(batches), space_{.id = std::move(space_id), .model = "none", .dimension = 2} {}

  const Space& space() const override { return space_; }
  cv::Mat CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const override {
    const cv::Rect box = cv::Rect(FaceBox(landmarks)) & cv::Rect({}, bgr.size());
    cv::Mat chip(150, 150, CV_8UC3, cv::Scalar::all(0));
    if (box.area() > 0) cv::resize(bgr(box), chip, chip.size(), 0, 0, cv::INTER_NEAREST);
    return chip;
  }
  Result<std::vector<std::vector<float>>> Embed(std::span<const cv::Mat> chips) override {
    batches_.push_back(chips.size());
    std::vector<std::vector<float>> vectors;
    for (const cv::Mat& chip : chips) {
      const int half = chip.cols / 2;
      const auto red = [](const cv::Mat& part) { return static_cast<float>(cv::mean(part)[2]); };
      vectors.push_back({red(chip.colRange(0, half)), red(chip.colRange(half, chip.cols))});
    }
    return vectors;
  }

 private:
  std::vector<std::size_t>& batches_;
  const Space space_;
};

// A cascade of two RedDetectors, and what they were shown.
struct FakeCascade {
  std::vector<cv::Size> hog_saw;
  std::vector<cv::Size> mmod_saw;
  std::vector<cv::Size> landmarks_saw;

  FaceCascade Make(RedDetector::Sight hog, RedDetector::Sight mmod,
                   MeanFaceLandmarker::Answer answer = MeanFaceLandmarker::Answer::kFace,
                   const CascadeOptions& options = {}) {
    return FaceCascade({.hog = std::make_unique<RedDetector>(std::move(hog), hog_saw),
                        .mmod = std::make_unique<RedDetector>(std::move(mmod), mmod_saw)},
                       std::make_shared<MeanFaceLandmarker>(answer, &landmarks_saw), options);
  }
};

}  // namespace homeward::testing
