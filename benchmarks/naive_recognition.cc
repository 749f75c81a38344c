#include "benchmarks/naive_recognition.h"

#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/opencv.h>

#include <spanstream>

#include "matcher/photo.h"
#include "tests/models/resnet_samples.h"

namespace homeward {

struct NaiveRecognition::Parts {
  dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
  dlib::shape_predictor predictor;
};

NaiveRecognition::NaiveRecognition() : parts_(std::make_unique<Parts>()) {
  const auto weights =
      testing::ReadFile(testing::WeightsFolder() / "shape_predictor_5_face_landmarks.dat");
  std::ispanstream stream(weights);
  deserialize(parts_->predictor, stream);
}
NaiveRecognition::~NaiveRecognition() = default;

std::vector<float> NaiveRecognition::Analyze(std::span<const std::uint8_t> photo) {
  const cv::Mat bgr = DecodePhoto(photo).value().bgr;
  const dlib::cv_image<dlib::bgr_pixel> picture(bgr);
  const auto boxes = parts_->detector(picture);
  if (boxes.empty()) return {};
  const auto points = parts_->predictor(picture, boxes.front());
  dlib::matrix<dlib::bgr_pixel> chip;
  dlib::extract_image_chip(picture, dlib::get_face_chip_details(points, 150, 0.25), chip);
  const cv::Mat chips[] = {dlib::toMat(chip)};
  return testing::DlibResnet().Embed(chips).value().front();
}

}  // namespace homeward
