#include "benchmarks/photo_alteration.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>

namespace homeward {
namespace {

cv::RNG Random(int index) { return cv::RNG(0x9E3779B9U + static_cast<unsigned>(index)); }

cv::Scalar Colour(cv::RNG& random) {
  return {random.uniform(0.0, 255.0), random.uniform(0.0, 255.0), random.uniform(0.0, 255.0)};
}

double Linear(double level) {
  const double v = level / 255;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double Level(double linear) {
  const double v = std::clamp(linear, 0.0, 1.0);
  return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055);
}

constexpr double kDarkness = 1.0 / 12;

// Each channel of each pixel by `change`, which takes and gives linear light.
template <class Change>
cv::Mat InLinearLight(const cv::Mat& bgr, const Change& change) {
  cv::Mat changed = bgr.clone();
  changed.forEach<cv::Vec3b>([&](cv::Vec3b& pixel, const int* at) {
    for (int c = 0; c < 3; ++c) {
      pixel[c] = cv::saturate_cast<std::uint8_t>(Level(change(Linear(pixel[c]), at, c)));
    }
  });
  return changed;
}

cv::Point2d Mapped(const cv::Mat& affine, cv::Point2d point) {
  const cv::Mat there = affine * cv::Mat(cv::Vec3d(point.x, point.y, 1));
  return {there.at<double>(0), there.at<double>(1)};
}

// Noise of every size, as clouds, walls and foliage have it, down to the pixel or, in large
// pictures, to a thousandth of a side.
cv::Mat Clouds(cv::Size whole, cv::RNG& random) {
  const cv::Size size = whole / (1 + std::max(whole.width, whole.height) / 1024);
  cv::Mat sum(size, CV_32FC3, Colour(random) * 0.5 + cv::Scalar::all(64));
  for (int cells = 3; cells < std::max(size.width, size.height); cells *= 2) {
    cv::Mat coarse(std::max(2, cells * size.height / size.width), cells, CV_32FC3);
    random.fill(coarse, cv::RNG::NORMAL, 0, 60 * std::pow(cells, -0.4));
    cv::Mat fine;
    cv::resize(coarse, fine, size, 0, 0, cv::INTER_CUBIC);
    sum += fine;
  }
  cv::Mat picture;
  sum.convertTo(picture, CV_8U);
  if (size != whole) cv::resize(picture, picture, whole);
  return picture;
}

// Stripes or, with two directions, tiles.
cv::Mat Grid(cv::Size size, bool both_ways, cv::RNG& random) {
  cv::Mat picture(size, CV_8UC3, Colour(random));
  const cv::Scalar line = Colour(random);
  const int step = random.uniform(12, 48);
  const int width = random.uniform(2, step / 2);
  for (int x = 0; x < size.width; x += step) {
    cv::line(picture, {x, 0}, {x, size.height}, line, width);
  }
  for (int y = 0; both_ways && y < size.height; y += step / 2) {
    cv::line(picture, {0, y}, {size.width, y}, line, width);
  }
  return picture;
}

cv::Mat Writing(cv::Size size, cv::RNG& random) {
  cv::Mat picture(size, CV_8UC3, cv::Scalar::all(230));
  for (int y = 20; y < size.height; y += random.uniform(14, 40)) {
    std::string line;
    for (int i = 0; i < 60; ++i) line += static_cast<char>(random.uniform('!', '~'));
    cv::putText(picture, line, {random.uniform(0, 40), y}, cv::FONT_HERSHEY_COMPLEX,
                random.uniform(0.4, 1.2), cv::Scalar::all(random.uniform(0.0, 90.0)), 1,
                cv::LINE_AA);
  }
  return picture;
}

cv::Mat Discs(cv::Size size, cv::RNG& random) {
  cv::Mat picture = Clouds(size, random);
  for (int i = 0; i < 40; ++i) {
    cv::circle(picture, {random.uniform(0, size.width), random.uniform(0, size.height)},
               random.uniform(4, size.height / 4), Colour(random), random.uniform(-1, 6),
               cv::LINE_AA);
  }
  return picture;
}

cv::Mat Texture(cv::Size size, int index) {
  cv::RNG random = Random(index);
  switch (index % 5) {
    case 0:
      return Clouds(size, random);
    case 1:
      return Grid(size, false, random);
    case 2:
      return Grid(size, true, random);
    case 3:
      return Writing(size, random);
    default:
      return Discs(size, random);
  }
}

}  // namespace

LabelledPhoto Tilted(const LabelledPhoto& photo, int index) {
  const cv::Point2f middle(static_cast<float>(photo.bgr.cols) / 2,
                           static_cast<float>(photo.bgr.rows) / 2);
  const cv::Mat turn = cv::getRotationMatrix2D(middle, index % 2 == 0 ? 20 : -20, 1);
  LabelledPhoto tilted{.bgr = {}, .face = {Mapped(turn, photo.face.middle), photo.face.side}};
  cv::warpAffine(photo.bgr, tilted.bgr, turn, photo.bgr.size(), cv::INTER_LINEAR,
                 cv::BORDER_REFLECT_101);
  return tilted;
}

LabelledPhoto Darkened(const LabelledPhoto& photo, int /*index*/) {
  return {InLinearLight(photo.bgr, [](double light, const int*, int) { return light * kDarkness; }),
          photo.face};
}

LabelledPhoto DarkAndNoisy(const LabelledPhoto& photo, int index) {
  constexpr double kElectronsAtWhite = 400;
  constexpr double kReadNoise = 2;
  cv::Mat noise(photo.bgr.size(), CV_32FC3);
  Random(index).fill(noise, cv::RNG::NORMAL, 0, 1);
  return {InLinearLight(photo.bgr,
                        [&](double light, const int* at, int channel) {
                          const double electrons = light * kDarkness * kElectronsAtWhite;
                          const double deviation = std::sqrt(electrons + kReadNoise * kReadNoise);
                          const double seen =
                              electrons + deviation * noise.at<cv::Vec3f>(at)[channel];
                          return seen / kElectronsAtWhite;
                        }),
          photo.face};
}

LabelledPhoto CutAtBorder(const LabelledPhoto& photo, int index) {
  const auto& [middle, side] = photo.face;
  const int reach = cvRound(0.35 * side);  // from the face's middle to the cut
  const cv::Point at(cvRound(middle.x), cvRound(middle.y));
  cv::Rect kept({}, photo.bgr.size());
  switch (index % 4) {
    case 0:
      kept = cv::Rect({0, at.y - reach}, kept.br());
      break;
    case 1:
      kept.height = at.y + reach;
      break;
    case 2:
      kept = cv::Rect({at.x - reach, 0}, kept.br());
      break;
    default:
      kept.width = at.x + reach;
  }
  kept &= cv::Rect({}, photo.bgr.size());
  return {photo.bgr(kept).clone(), {middle - cv::Point2d(kept.tl()), side}};
}

LabelledPhoto TurnedByQuarters(const LabelledPhoto& photo, int index) {
  const cv::Point2d from = photo.face.middle;
  const double width = photo.bgr.cols;
  const double height = photo.bgr.rows;
  LabelledPhoto turned{.bgr = {}, .face = photo.face};
  switch (index % 3) {
    case 0:
      cv::rotate(photo.bgr, turned.bgr, cv::ROTATE_90_CLOCKWISE);
      turned.face.middle = {height - from.y, from.x};
      break;
    case 1:
      cv::rotate(photo.bgr, turned.bgr, cv::ROTATE_180);
      turned.face.middle = {width - from.x, height - from.y};
      break;
    default:
      cv::rotate(photo.bgr, turned.bgr, cv::ROTATE_90_COUNTERCLOCKWISE);
      turned.face.middle = {from.y, width - from.x};
  }
  return turned;
}

LabelledPhoto PlacedInCanvas(const LabelledPhoto& photo, int index, double face_side_px,
                             cv::Size canvas) {
  const double scale = face_side_px / photo.face.side;
  cv::Mat scaled;
  cv::resize(photo.bgr, scaled, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  cv::RNG random = Random(index);
  LabelledPhoto placed{.bgr = Clouds(canvas, random), .face = {}};
  const cv::Point corner(random.uniform(0, canvas.width - scaled.cols),
                         random.uniform(0, canvas.height - scaled.rows));
  scaled.copyTo(placed.bgr(cv::Rect(corner, scaled.size())));
  placed.face = {photo.face.middle * scale + cv::Point2d(corner), face_side_px};
  return placed;
}

LabelledPhoto WithoutFace(const LabelledPhoto& photo, int index) {
  LabelledPhoto without{.bgr = photo.bgr.clone(), .face = photo.face};
  const double side = 1.4 * photo.face.side;
  const cv::Point2d corner = photo.face.middle - cv::Point2d(side, side) / 2;
  const cv::Rect replaced =
      cv::Rect(cv::Rect2d(corner, cv::Size2d(side, side))) & cv::Rect({}, photo.bgr.size());
  cv::RNG random = Random(index);
  Clouds(replaced.size(), random).copyTo(without.bgr(replaced));
  return without;
}

LabelledPhoto TextureOnly(const LabelledPhoto& /*photo*/, int index) {
  return {Texture({480, 360}, index), {.middle = {240, 180}, .side = 480}};
}

}  // namespace homeward
