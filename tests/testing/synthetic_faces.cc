#include "tests/testing/synthetic_faces.h"

#include <algorithm>
#include <functional>
#include <opencv2/imgproc.hpp>
#include <random>
#include <stdexcept>

#include "matcher/landmarks.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward::testing {
namespace {

constexpr int kDimension = 16;
constexpr int kChipPx = 150;
const cv::Scalar kCyan{255, 255, 0};
const cv::Scalar kMagenta{255, 0, 255};

// Nine bits as a colour of eight levels a channel, and back.
cv::Scalar ColourOf(int bits) {
  const auto level = [](int three_bits) { return 16 + 32 * (three_bits & 7); };
  return {static_cast<double>(level(bits)), static_cast<double>(level(bits >> 3)),
          static_cast<double>(level(bits >> 6))};
}

int BitsOf(const cv::Scalar& colour) {
  const auto level = [](double value) { return std::clamp(static_cast<int>(value) / 32, 0, 7); };
  return level(colour[0]) | level(colour[1]) << 3 | level(colour[2]) << 6;
}

bool IsCyan(const cv::Vec3b& pixel) { return pixel[0] > 150 && pixel[1] > 150 && pixel[2] < 100; }
bool IsMagenta(const cv::Vec3b& pixel) {
  return pixel[0] > 150 && pixel[1] < 100 && pixel[2] > 150;
}

cv::Rect StripeOf(const cv::Rect& face, int which) {
  return {face.x + face.width / 8, face.y + face.height / 8 + which * face.height / 4,
          face.width * 3 / 4, face.height / 4};
}

// What tells one photograph from another: both ends of a stripe in six greys each, drawn by lot.
void Dapple(const cv::Mat& stripe, std::mt19937_64& random) {
  std::uniform_int_distribution<int> grey(0, 255);
  const cv::Size cell(stripe.cols / 9, stripe.rows / 2);
  for (const int column : {0, 1, 2, 6, 7, 8}) {
    for (const int row : {0, 1}) {
      const cv::Point corner(column * cell.width, row * cell.height);
      stripe(cv::Rect(corner, cell)) = cv::Scalar::all(grey(random));
    }
  }
}

std::vector<float> RandomDirection(std::uint64_t seed, double length) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  std::vector<double> direction(kDimension);
  std::ranges::generate(direction, [&] { return normal(random); });
  const double scale = length / cv::norm(direction);
  std::vector<float> scaled;
  for (const double each : direction) scaled.push_back(static_cast<float>(each * scale));
  return scaled;
}

class SquareDetector : public FaceDetector {
 public:
  Result<std::vector<cv::Rect2f>> Detect(const cv::Mat& bgr) override {
    std::vector<cv::Rect2f> faces;
    for (int y = 1; y < bgr.rows; ++y) {
      for (int x = 0; x < bgr.cols; ++x) {
        if (!IsCyan(bgr.at<cv::Vec3b>(y, x))) continue;
        int end = x;
        while (end < bgr.cols && IsCyan(bgr.at<cv::Vec3b>(y, end))) ++end;
        const cv::Rect face{x, y, end - x, end - x};
        if (IsFace(bgr, face) && IsNew(faces, face)) faces.emplace_back(face);
        x = end;
      }
    }
    return faces;
  }

 private:
  static bool IsFace(const cv::Mat& bgr, const cv::Rect& face) {
    if (face.width < 8 || face.br().y > bgr.rows) return false;
    const int middle = face.y + face.height / 2;
    const int edge = face.width / 16;
    return IsMagenta(bgr.at<cv::Vec3b>(middle, face.x + edge)) &&
           IsMagenta(bgr.at<cv::Vec3b>(middle, face.br().x - 1 - edge)) &&
           IsMagenta(bgr.at<cv::Vec3b>(face.br().y - 1 - edge, face.x + face.width / 2));
  }
  static bool IsNew(const std::vector<cv::Rect2f>& faces, const cv::Rect2f& face) {
    return std::ranges::none_of(faces, [&](const auto& each) { return (each & face).area() > 0; });
  }
};

// How far the vectors of the two spaces lie apart.
constexpr float kOtherSpaceLies = 100;

// The mean face, placed so that it stands for the very box, where the box holds a square's edge.
class SquareLandmarker : public FaceLandmarker {
 public:
  std::optional<Landmarks> Fit(const cv::Mat& bgr, const cv::Rect2f& box) const override {
    const cv::Point edge(box.tl() + cv::Point2f(box.width / 16, box.height / 2));
    if (!edge.inside(cv::Rect({}, bgr.size())) || !IsMagenta(bgr.at<cv::Vec3b>(edge))) return {};
    Landmarks landmarks;
    for (std::size_t i = 0; i < landmarks.size(); ++i) {
      landmarks[i] = {static_cast<float>(kMeanFace[i][0]), static_cast<float>(kMeanFace[i][1])};
    }
    const cv::Rect2f unit = FaceBox(landmarks);
    const float scale = box.width / unit.width;
    for (cv::Point2f& point : landmarks) point = box.tl() + (point - unit.tl()) * scale;
    return landmarks;
  }
};

class StripeEmbedder : public FaceEmbedder {
 public:
  explicit StripeEmbedder(Space space) : space_(std::move(space)) {}

  const Space& space() const override { return space_; }

  cv::Mat CutChip(const cv::Mat& bgr, const Landmarks& landmarks) const override {
    const cv::Rect face(FaceBox(landmarks));
    cv::Mat chip;
    cv::resize(bgr(face & cv::Rect({}, bgr.size())), chip, {kChipPx, kChipPx}, 0, 0,
               cv::INTER_NEAREST);
    return chip;
  }

  Result<std::vector<std::vector<float>>> Embed(std::span<const cv::Mat> chips) override {
    std::vector<std::vector<float>> vectors;
    for (const cv::Mat& chip : chips) {
      const auto stripe = [&](int which) {
        const cv::Rect whole = StripeOf({0, 0, kChipPx, kChipPx}, which);
        const cv::Point middle = (whole.tl() + whole.br()) / 2;
        return BitsOf(cv::mean(chip(cv::Rect(middle - cv::Point(4, 4), cv::Size(9, 9)))));
      };
      vectors.push_back(VectorOf(stripe(0) | stripe(1) << 9, stripe(2)));
      if (space_.id != SyntheticSpace().id) vectors.back().front() += kOtherSpaceLies;
    }
    return vectors;
  }

 private:
  const Space space_;
};

}  // namespace

const Space& SyntheticSpace() {
  static const Space space{"synthetic", "synthetic.dat", kDimension};
  return space;
}

const Space& OtherSyntheticSpace() {
  static const Space space{"other-synthetic", "other.dat", kDimension};
  return space;
}

std::vector<float> VectorOf(int identity, int variation) {
  const auto seed = static_cast<std::uint64_t>(identity) + 1;
  auto vector = RandomDirection(seed, 1);
  if (variation == 0) return vector;
  const auto aside = RandomDirection(seed << 9 | static_cast<std::uint64_t>(variation), 0.15);
  std::ranges::transform(vector, aside, vector.begin(), std::plus());
  return vector;
}

cv::Mat DrawFaces(const std::vector<SyntheticFace>& faces, cv::Size size) {
  cv::Mat picture(size, CV_8UC3, cv::Scalar::all(128));
  for (const SyntheticFace& face : faces) {
    const cv::Rect square(face.at, cv::Size(face.size_px, face.size_px));
    if ((square & cv::Rect({}, size)) != square) throw std::logic_error("a face outside");
    picture(square) = kMagenta;
    picture(cv::Rect(square.x, square.y, square.width, square.height / 8)) = kCyan;
    picture(StripeOf(square, 0)) = ColourOf(face.identity);
    picture(StripeOf(square, 1)) = ColourOf(face.identity >> 9);
    picture(StripeOf(square, 2)) = ColourOf(face.variation);
    std::mt19937_64 random(static_cast<std::uint64_t>(face.identity) << 9 |
                           static_cast<std::uint64_t>(face.variation));
    for (const int which : {0, 1, 2}) Dapple(picture(StripeOf(square, which)), random);
  }
  return picture;
}

std::vector<std::uint8_t> PhotoOf(const std::vector<SyntheticFace>& faces, cv::Size size) {
  return MakePng(DrawFaces(faces, size));
}

std::vector<std::uint8_t> PhotoOf(int identity, int variation) {
  return PhotoOf({{.identity = identity, .variation = variation}});
}

std::unique_ptr<FaceAnalyzer> MakeSyntheticAnalyzer(const std::vector<Space>& spaces) {
  std::vector<std::unique_ptr<FaceEmbedder>> embedders;
  for (const Space& space : spaces) embedders.push_back(std::make_unique<StripeEmbedder>(space));
  return std::make_unique<FaceAnalyzer>(FaceCascade({.hog = std::make_unique<SquareDetector>(),
                                                     .mmod = std::make_unique<SquareDetector>()},
                                                    std::make_shared<SquareLandmarker>()),
                                        std::move(embedders));
}

}  // namespace homeward::testing
