#include "models/dnn_embedder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/dnn.hpp>
#include <utility>

#include "models/face_chip.h"
#include "models/onnx_input.h"

namespace homeward {
namespace {

constexpr std::size_t kMostInABatch = 16;  // bounds the memory that activations take
// Summed in another order, floats differ by less.
constexpr float kBatchTolerance = 1e-4F;

using Vectors = std::vector<std::vector<float>>;

std::string Shape(std::span<const int> sizes) {
  std::string text;
  for (const int size : sizes) text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text;
}

std::string SizeText(const cv::Mat& output) {
  return Shape(std::span(output.size.p, static_cast<std::size_t>(output.dims)));
}

// Two pictures of noise, the same at every start.
std::vector<cv::Mat> ProbeChips(int side_px) {
  cv::RNG random(1);
  std::vector<cv::Mat> chips;
  for (int i = 0; i < 2; ++i) {
    chips.emplace_back(side_px, side_px, CV_8UC3);
    random.fill(chips.back(), cv::RNG::UNIFORM, 0, 256);
  }
  return chips;
}

bool NearlyEqual(const std::vector<float>& a, const std::vector<float>& b) {
  return std::ranges::equal(a, b, [](float x, float y) {
    return std::abs(x - y) <= kBatchTolerance * std::max(1.0F, std::abs(x));
  });
}

std::unexpected<Error> Misfit(const Space& space, const std::string& what) {
  return Fail(Reason::kModelMismatch, "The network of the space " + space.id + " " + what,
              {{"space", space.id}});
}

// OpenCV checks an input's size only where a layer happens to need it.
Result<void> CheckOnnxInput(std::span<const char> network, const Space& space, int side_px) {
  const auto inputs = OnnxInputs(network);
  if (!inputs) return Misfit(space, "is not an ONNX file: " + inputs.error().message);
  if (inputs->size() != 1) {
    return Misfit(space, "has " + std::to_string(inputs->size()) + " inputs; one is expected.");
  }
  const std::vector<int>& sizes = inputs->front();
  const std::array expected{kAnySize, 3, side_px, side_px};
  const bool fits = std::ranges::equal(sizes, expected, [](int given, int wanted) {
    return given == kAnySize || wanted == kAnySize || given == wanted;
  });
  if (fits) return {};
  return Misfit(space, "takes pictures of " +
                           Shape(std::span(sizes).subspan(sizes.empty() ? 0 : 1)) +
                           "; the chips of the space are 3 x " + std::to_string(side_px) + " x " +
                           std::to_string(side_px) + ".");
}

}  // namespace

struct DnnEmbedder::Model {
  DnnFormat format;
  std::string bytes;
  Space space;
  ChipGeometry chip;
  Preprocessing preprocessing;
  std::size_t batch = 1;  // chips that go through the network together

  // Also reads anew: what a network did not take may have left it in disorder.
  std::unique_ptr<Net> Read() const;
  // Errors: kModelMismatch. Throws what OpenCV throws.
  Result<Vectors> Run(Net& net, std::span<const cv::Mat> chips) const;
  // How many chips the network takes together: some are written for exactly one.
  Result<std::size_t> Probe(Net& net) const;
};

struct DnnEmbedder::Net {
  cv::dnn::Net net;
};

std::unique_ptr<DnnEmbedder::Net> DnnEmbedder::Model::Read() const {
  auto net = std::make_unique<Net>();
  net->net = format == DnnFormat::kOnnx
                 ? cv::dnn::readNetFromONNX(bytes.data(), bytes.size())
                 : cv::dnn::readNetFromTensorflow(bytes.data(), bytes.size());
  net->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  net->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
  return net;
}

Result<Vectors> DnnEmbedder::Model::Run(Net& net, std::span<const cv::Mat> chips) const {
  net.net.setInput(NetworkInput(chips, preprocessing));
  const cv::Mat output = net.net.forward();
  const auto dimension = static_cast<std::size_t>(space.dimension);
  if (output.type() != CV_32F || !output.isContinuous() ||
      output.total() != chips.size() * dimension) {
    return Misfit(space, "gives " + SizeText(output) + " numbers for " +
                             std::to_string(chips.size()) + " chip(s); " +
                             std::to_string(dimension) + " a chip are expected.");
  }
  if (!cv::checkRange(output)) return Misfit(space, "gives numbers that are not finite.");
  Vectors vectors;
  const std::span numbers(output.ptr<float>(), output.total());
  for (std::size_t i = 0; i < chips.size(); ++i) {
    const auto row = numbers.subspan(i * dimension, dimension);
    vectors.emplace_back(row.begin(), row.end());
  }
  return vectors;
}

Result<std::size_t> DnnEmbedder::Model::Probe(Net& net) const {
  const auto chips = ProbeChips(chip.side_px);
  Vectors alone;
  for (const cv::Mat& each : chips) {
    auto vectors = Run(net, std::span(&each, 1));
    if (!vectors) return std::unexpected(vectors.error());
    alone.push_back(std::move(vectors->front()));
  }
  try {
    const auto together = Run(net, chips);
    const bool same = together && std::ranges::equal(*together, alone, NearlyEqual);
    return same ? kMostInABatch : std::size_t{1};
  } catch (const cv::Exception&) {
    return std::size_t{1};
  }
}

DnnEmbedder::DnnEmbedder(std::shared_ptr<const Model> model, std::unique_ptr<Net> net)
    : model_(std::move(model)), net_(std::move(net)) {}
DnnEmbedder::~DnnEmbedder() = default;

Result<std::unique_ptr<DnnEmbedder>> DnnEmbedder::Load(DnnFormat format, std::string network,
                                                       Space space, const ChipGeometry& chip,
                                                       const Preprocessing& preprocessing) {
  const auto model = std::make_shared<Model>(Model{.format = format,
                                                   .bytes = std::move(network),
                                                   .space = std::move(space),
                                                   .chip = chip,
                                                   .preprocessing = preprocessing});
  if (format == DnnFormat::kOnnx) {
    auto fits = CheckOnnxInput(model->bytes, model->space, chip.side_px);
    if (!fits) return std::unexpected(fits.error());
  }
  try {
    auto net = model->Read();
    const std::size_t outputs = net->net.getUnconnectedOutLayers().size();
    if (outputs != 1) {
      return Misfit(model->space, "has " + std::to_string(outputs) + " outputs; one is expected.");
    }
    const auto batch = model->Probe(*net);
    if (!batch) return std::unexpected(batch.error());
    model->batch = *batch;
    if (model->batch == 1) net = model->Read();
    return std::unique_ptr<DnnEmbedder>(new DnnEmbedder(model, std::move(net)));
  } catch (const std::exception& error) {
    return Misfit(model->space, "cannot be run with chips of " + std::to_string(chip.side_px) +
                                    " px: " + error.what());
  }
}

Result<std::unique_ptr<DnnEmbedder>> DnnEmbedder::Copy() const try {
  return std::unique_ptr<DnnEmbedder>(new DnnEmbedder(model_, model_->Read()));
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("OpenCV's network: ") + error.what());
}

const Space& DnnEmbedder::space() const { return model_->space; }

cv::Mat DnnEmbedder::CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const {
  return CutFaceChip(bgr, landmarks, model_->chip);
}

Result<Vectors> DnnEmbedder::Embed(std::span<const cv::Mat> chips) try {
  const cv::Size size(model_->chip.side_px, model_->chip.side_px);
  for (const cv::Mat& chip : chips) {
    if (chip.type() != CV_8UC3 || chip.size() != size) {
      return Fail(Reason::kInternal, "OpenCV's network: a chip is not 8-bit BGR of " +
                                         std::to_string(size.width) + " x " +
                                         std::to_string(size.height) + " px");
    }
  }
  Vectors vectors;
  while (!chips.empty()) {
    const auto batch = chips.first(std::min(model_->batch, chips.size()));
    auto some = model_->Run(*net_, batch);
    if (!some) return Fail(Reason::kInternal, some.error().message);
    std::ranges::move(*some, std::back_inserter(vectors));
    chips = chips.subspan(batch.size());
  }
  return vectors;
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("OpenCV's network: ") + error.what());
}

}  // namespace homeward
