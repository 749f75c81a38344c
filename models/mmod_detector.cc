#include "models/mmod_detector.h"

#include <spanstream>
#include <string>
#include <utility>

#include "models/mmod_net.h"
#include "models/mmod_picture.h"

namespace homeward {
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
  std::vector<cv::Rect2f> boxes;
  for (const dlib::mmod_rect& found : net_->net(MmodPicture(bgr))) {
    boxes.push_back(BoxOf(found.rect));
  }
  return boxes;
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("MMOD detector: ") + error.what());
}

}  // namespace homeward
