#include "models/resnet_embedder.h"

#include <dlib/dnn.h>
#include <dlib/opencv.h>

#include <spanstream>
#include <string>
#include <utility>

#include "models/dlib_layers.h"
#include "models/face_chip.h"

namespace homeward {
namespace {

// The architecture that the weights were trained in (dlib's dnn_face_recognition_ex example).
template <int filters, int stride, typename Below>
using Block = dlib::affine<
    dlib::con<filters, 3, 3, 1, 1,
              dlib::relu<dlib::affine<dlib::con<filters, 3, 3, stride, stride, Below>>>>>;
template <int filters, typename Below>
using Residual = dlib::relu<dlib::add_prev1<Block<filters, 1, dlib::tag1<Below>>>>;
template <int filters, typename Below>
using ResidualDown = dlib::relu<dlib::add_prev2<
    dlib::avg_pool<2, 2, 2, 2, dlib::skip1<dlib::tag2<Block<filters, 2, dlib::tag1<Below>>>>>>>;
template <typename Below>
using Level0 = ResidualDown<256, Below>;
template <typename Below>
using Level1 = Residual<256, Residual<256, ResidualDown<256, Below>>>;
template <typename Below>
using Level2 = Residual<128, Residual<128, ResidualDown<128, Below>>>;
template <typename Below>
using Level3 = Residual<64, Residual<64, Residual<64, ResidualDown<64, Below>>>>;
template <typename Below>
using Level4 = Residual<32, Residual<32, Residual<32, Below>>>;
using ResnetNet = dlib::loss_metric<dlib::fc_no_bias<
    128, dlib::avg_pool_everything<Level0<Level1<Level2<Level3<Level4<dlib::max_pool<
             3, 3, 2, 2,
             dlib::relu<dlib::affine<
                 dlib::con<32, 7, 7, 2, 2, dlib::input_rgb_image_sized<150>>>>>>>>>>>>>;
constexpr int kNetSidePx = 150;
constexpr int kNetDimension = 128;
constexpr std::size_t kMaxBatch = 16;  // bounds the memory that activations take

}  // namespace

struct ResnetEmbedder::Net {
  ResnetNet net;
};

ResnetEmbedder::ResnetEmbedder(std::unique_ptr<Net> net, Space space, const ChipGeometry& chip)
    : space_(std::move(space)), chip_(chip), net_(std::move(net)) {}
ResnetEmbedder::~ResnetEmbedder() = default;

Result<std::unique_ptr<ResnetEmbedder>> ResnetEmbedder::Load(std::span<const char> weights,
                                                             Space space,
                                                             const ChipGeometry& chip) try {
  if (space.dimension != kNetDimension || chip.side_px != kNetSidePx || chip.padding < 0) {
    return Fail(Reason::kModelMismatch,
                "dlib's ResNet takes chips of 150 px and gives 128 floats; the space " + space.id +
                    " says otherwise");
  }
  auto net = std::make_unique<Net>();
  std::ispanstream stream(weights);
  dlib::deserialize(net->net, stream);
  return std::unique_ptr<ResnetEmbedder>(
      new ResnetEmbedder(std::move(net), std::move(space), chip));
} catch (const std::exception& error) {
  return Fail(Reason::kModelMismatch, std::string("not weights of dlib's ResNet: ") + error.what());
}

Result<std::unique_ptr<ResnetEmbedder>> ResnetEmbedder::Copy() const try {
  return std::unique_ptr<ResnetEmbedder>(
      new ResnetEmbedder(std::make_unique<Net>(*net_), space_, chip_));
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("ResNet: ") + error.what());
}

Result<FoldedNetwork> ResnetEmbedder::Folded() const try {
  return Fold(net_->net);
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("ResNet: ") + error.what());
}

cv::Mat ResnetEmbedder::CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const {
  return CutFaceChip(bgr, landmarks, chip_);
}

Result<std::vector<std::vector<float>>> ResnetEmbedder::Embed(std::span<const cv::Mat> chips) try {
  std::vector<dlib::matrix<dlib::rgb_pixel>> inputs(chips.size());
  for (std::size_t i = 0; i < chips.size(); ++i) {
    if (chips[i].type() != CV_8UC3 || chips[i].rows != kNetSidePx || chips[i].cols != kNetSidePx) {
      return Fail(Reason::kInternal, "ResNet: a chip is not 150 x 150 px of 8-bit BGR");
    }
    dlib::assign_image(inputs[i], dlib::cv_image<dlib::bgr_pixel>(chips[i]));
  }
  std::vector<std::vector<float>> vectors;
  for (const auto& output : net_->net(inputs, kMaxBatch)) {
    vectors.emplace_back(output.begin(), output.end());
  }
  return vectors;
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("ResNet: ") + error.what());
}

}  // namespace homeward
