#include "models/onednn_detector.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <list>
#include <spanstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/dlib_layers.h"
#include "models/mmod_net.h"
#include "models/mmod_picture.h"
#include "models/mmod_tile.h"
#include "models/single_thread.h"

namespace homeward {
namespace {

// Pictures come in few sizes, since the cascade brings them to so many pixels; laying out another
// one costs a hundredth of running it.
constexpr std::size_t kTilesKept = 8;
// Of a score; what is taken for a face scores more than 0, and most faces more than 0.5.
constexpr float Tolerance(Precision precision) {
  return precision == Precision::kFloat32 ? 1e-4F : 0.05F;
}

struct Scored {
  dlib::rectangle box;
  float score;
};

// One drawn picture with shapes of every size.
dlib::matrix<dlib::rgb_pixel> TrialPicture() {
  cv::RNG random(21);
  cv::Mat picture(150, 200, CV_8UC3);
  random.fill(picture, cv::RNG::UNIFORM, 0, 256);
  return MmodPicture(picture);
}

}  // namespace

struct OnednnDetector::Model {
  MmodNet net;  // for its pyramid, and for what places of its output mean
  FoldedNetwork network;
  Precision precision = Precision::kFloat32;
  float bias = 0;

  // As dlib does it: the best first, without those that overlap a better one.
  std::vector<cv::Rect2f> Boxes(const dlib::tensor& input, const ScoreMap& map) const;
};

struct OnednnDetector::Worker {
  MmodMemory memory;
  std::list<MmodTile> tiles;  // the last used first
  dlib::resizable_tensor input;

  const MmodTile& TileFor(const Model& model, int rows, int columns);
  ScoreMap Run(const Model& model, const dlib::matrix<dlib::rgb_pixel>& picture);
};

std::vector<cv::Rect2f> OnednnDetector::Model::Boxes(const dlib::tensor& input,
                                                     const ScoreMap& map) const {
  const dlib::mmod_options& options = net.loss_details().get_options();
  const auto& window = options.detector_windows.front();
  std::vector<Scored> found;
  for (std::size_t i = 0; i < map.scores.size(); ++i) {
    if (map.scores[i] <= 0) continue;
    const auto columns = static_cast<std::size_t>(map.columns);
    const dlib::dpoint middle = dlib::output_tensor_to_input_tensor(
        net.subnet(), dlib::point(static_cast<long>(i % columns), static_cast<long>(i / columns)));
    const dlib::drectangle box = dlib::input_layer(net).tensor_space_to_image_space(
        input, dlib::centered_drect(middle, static_cast<double>(window.width),
                                    static_cast<double>(window.height)));
    found.push_back({dlib::rectangle(box), map.scores[i]});
  }
  std::ranges::sort(found, std::ranges::greater(), &Scored::score);
  std::vector<Scored> kept;
  std::vector<cv::Rect2f> boxes;
  for (const Scored& each : found) {
    const auto overlaps = [&](const Scored& better) {
      return options.overlaps_nms(better.box, each.box);
    };
    if (std::ranges::any_of(kept, overlaps)) continue;
    kept.push_back(each);
    boxes.push_back(BoxOf(each.box));
  }
  return boxes;
}

const MmodTile& OnednnDetector::Worker::TileFor(const Model& model, int rows, int columns) {
  const auto fits = [&](const MmodTile& tile) {
    return tile.rows() == rows && tile.columns() == columns;
  };
  const auto found = std::ranges::find_if(tiles, fits);
  if (found != tiles.end()) {
    tiles.splice(tiles.begin(), tiles, found);
    return tiles.front();
  }
  if (tiles.size() >= kTilesKept) tiles.pop_back();
  return tiles.emplace_front(model.network, model.precision, rows, columns, memory);
}

ScoreMap OnednnDetector::Worker::Run(const Model& model,
                                     const dlib::matrix<dlib::rgb_pixel>& picture) {
  dlib::input_layer(model.net).to_tensor(&picture, &picture + 1, input);
  const MmodTile& tile = TileFor(model, static_cast<int>(input.nr()), static_cast<int>(input.nc()));
  return tile.Run(input.host(), model.bias, memory);
}

OnednnDetector::OnednnDetector(std::shared_ptr<const Model> model)
    : model_(std::move(model)), worker_(std::make_unique<Worker>()) {}
OnednnDetector::~OnednnDetector() = default;

Result<std::unique_ptr<OnednnDetector>> OnednnDetector::Build(std::span<const char> weights,
                                                              Precision precision) try {
  if (!OnednnIsFastHere()) {
    return Fail(Reason::kInternal, "this processor has no AVX2, which oneDNN's fast kernels need");
  }
  if (precision == Precision::kBfloat16 && !Bfloat16IsFastHere()) {
    return Fail(Reason::kInternal, "this processor has no AVX512_BF16");
  }
  const SingleThread alone;
  auto model = std::make_shared<Model>();
  model->precision = precision;
  std::ispanstream stream(weights);
  dlib::deserialize(model->net, stream);
  const dlib::mmod_options& options = model->net.loss_details().get_options();
  if (options.detector_windows.size() != 1 || options.use_bounding_box_regression) {
    return Fail(Reason::kModelMismatch, "a detector of other windows than one fixed square");
  }
  model->network = Fold(model->net);
  FoldedConvolution& last = model->network.convolutions.back();
  model->bias = last.biases.front();
  last = DivideIntoTaps(last);
  const auto picture = TrialPicture();
  model->net(picture);
  const dlib::tensor& expected = model->net.subnet().get_output();
  std::unique_ptr<OnednnDetector> detector(new OnednnDetector(model));
  const ScoreMap got = detector->worker_->Run(*model, picture);
  const auto apart = [tolerance = Tolerance(precision)](float a, float b) {
    return !(std::abs(a - b) <= tolerance);
  };
  if (got.scores.size() != expected.size() ||
      std::mismatch(expected.begin(), expected.end(), got.scores.begin(), std::not_fn(apart))
              .first != expected.end()) {
    return Fail(Reason::kModelMismatch, "its scores differ from the reference in the self-test");
  }
  model->net.clean();
  return detector;
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("oneDNN: ") + error.what());
}

Result<std::unique_ptr<OnednnDetector>> OnednnDetector::Copy() const try {
  return std::unique_ptr<OnednnDetector>(new OnednnDetector(model_));
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("oneDNN: ") + error.what());
}

Result<std::vector<cv::Rect2f>> OnednnDetector::Detect(const cv::Mat& bgr) try {
  const SingleThread alone;
  const ScoreMap map = worker_->Run(*model_, MmodPicture(bgr));
  return model_->Boxes(worker_->input, map);
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("oneDNN: ") + error.what());
}

}  // namespace homeward
