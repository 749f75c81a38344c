#include "models/mmod_detector.h"

#include <dlib/dnn.h>
#include <dlib/opencv/cv_image.h>

#include <algorithm>
#include <spanstream>
#include <string>
#include <utility>

namespace homeward {
namespace {

// The architecture that the weights were trained in (dlib's dnn_mmod_face_detection example).
template <long filters, typename Below>
using Halve = dlib::con<filters, 5, 5, 2, 2, Below>;
template <long filters, typename Below>
using Filter = dlib::con<filters, 5, 5, 1, 1, Below>;
template <typename Below>
using Activate = dlib::relu<dlib::affine<Below>>;
template <typename Below>
using Downsample = Activate<Halve<32, Activate<Halve<32, Activate<Halve<16, Below>>>>>>;
template <typename Below>
using Refine = Activate<Filter<45, Below>>;
using MmodNet = dlib::loss_mmod<dlib::con<
    1, 9, 9, 1, 1,
    Refine<Refine<Refine<Downsample<dlib::input_rgb_image_pyramid<dlib::pyramid_down<6>>>>>>>>;

}  // namespace

namespace {

// dlib's tiled pyramid writes past its end where a level has no width left: for tiny pictures and
// for long, narrow ones. Room at the right and below moves no box.
cv::Mat Padded(const cv::Mat& bgr) {
  constexpr int kLeastSidePx = 80;  // the detector's window
  constexpr int kMostAspect = 4;
  const int least = std::max(kLeastSidePx, std::max(bgr.cols, bgr.rows) / kMostAspect);
  const int right = std::max(0, least - bgr.cols);
  const int below = std::max(0, least - bgr.rows);
  if (right == 0 && below == 0) return bgr;
  cv::Mat padded;
  cv::copyMakeBorder(bgr, padded, 0, below, 0, right, cv::BORDER_CONSTANT, cv::Scalar::all(0));
  return padded;
}

}  // namespace

struct MmodDetector::Net {
  MmodNet net;
};

MmodDetector::MmodDetector(std::unique_ptr<Net> net) : net_(std::move(net)) {}
MmodDetector::~MmodDetector() = default;

Result<std::unique_ptr<MmodDetector>> MmodDetector::Load(std::span<const char> weights) try {
  auto net = std::make_unique<Net>();
  std::ispanstream stream(weights);
  dlib::deserialize(net->net, stream);
  return std::unique_ptr<MmodDetector>(new MmodDetector(std::move(net)));
} catch (const std::exception& error) {
  return Fail(Reason::kModelMismatch, std::string("not weights of MMOD: ") + error.what());
}

Result<std::unique_ptr<MmodDetector>> MmodDetector::Copy() const try {
  return std::unique_ptr<MmodDetector>(new MmodDetector(std::make_unique<Net>(*net_)));
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("MMOD detector: ") + error.what());
}

Result<std::vector<cv::Rect2f>> MmodDetector::Detect(const cv::Mat& bgr) try {
  const cv::Mat padded = Padded(bgr);
  dlib::matrix<dlib::rgb_pixel> picture;
  dlib::assign_image(picture, dlib::cv_image<dlib::bgr_pixel>(padded));
  std::vector<cv::Rect2f> boxes;
  for (const dlib::mmod_rect& found : net_->net(picture)) {
    boxes.emplace_back(static_cast<float>(found.rect.left()), static_cast<float>(found.rect.top()),
                       static_cast<float>(found.rect.width()),
                       static_cast<float>(found.rect.height()));
  }
  return boxes;
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("MMOD detector: ") + error.what());
}

}  // namespace homeward
