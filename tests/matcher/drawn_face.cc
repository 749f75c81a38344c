#include "tests/matcher/drawn_face.h"

#include <opencv2/imgproc.hpp>

#include "matcher/landmarks.h"
#include "matcher/quality.h"
#include "tests/testing/fake_face_ports.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward::testing {
namespace {

constexpr int kPicturePx = 480;
const FacePose kPose{.right = {190, 0}, .origin = {145, 130}};  // 100 px between the eyes

// Skin, hair and cloth are never of one colour: soft shapes, and pores as fine as pixels.
cv::Mat Texture() {
  cv::RNG random(5);
  cv::Mat fine(kPicturePx, kPicturePx, CV_32FC3);
  random.fill(fine, cv::RNG::NORMAL, 0, 1);
  cv::Mat texture;
  cv::Mat coarse;
  cv::GaussianBlur(fine, texture, {}, 0.8);
  cv::GaussianBlur(fine, coarse, {}, 9);
  return texture * 3 + coarse * 90;
}

// A face is round: less light comes back from its sides than from its middle.
cv::Mat Shading() {
  cv::Mat shading(kPicturePx, kPicturePx, CV_32FC3);
  const cv::Point2d middle = kPose.At({0.49, 0.45});
  for (int y = 0; y < kPicturePx; ++y) {
    for (int x = 0; x < kPicturePx; ++x) {
      const cv::Point2d off = (cv::Point2d(x, y) - middle) / kPose.unit_px();
      shading.at<cv::Vec3f>(y, x) = cv::Vec3f::all(static_cast<float>(1.15 - 0.8 * off.dot(off)));
    }
  }
  return cv::max(shading, 0.3);
}

void Ellipse(cv::Mat& picture, cv::Point2d at, cv::Size2d radii, const cv::Scalar& colour) {
  const cv::Size2d px = radii * kPose.unit_px();
  cv::ellipse(picture, kPose.At(at), px, 0, 0, 360, colour, cv::FILLED, cv::LINE_AA);
}

cv::Mat Drawing() {
  cv::Mat picture(kPicturePx, kPicturePx, CV_8UC3, cv::Scalar(120, 110, 100));
  Ellipse(picture, {0.49, 0.35}, {0.78, 0.98}, {35, 40, 45});     // hair
  Ellipse(picture, {0.49, 0.48}, {0.62, 0.82}, {150, 175, 215});  // skin
  for (const double eye : {0.2273, 0.7528}) {
    Ellipse(picture, {eye, 0.08}, {0.15, 0.025}, {45, 50, 60});  // brow
    Ellipse(picture, {eye, 0.22}, {0.11, 0.05}, {235, 235, 235});
    Ellipse(picture, {eye, 0.22}, {0.05, 0.05}, {25, 30, 40});
  }
  Ellipse(picture, {0.49, 0.60}, {0.10, 0.03}, {95, 115, 160});  // nose
  Ellipse(picture, {0.49, 0.85}, {0.20, 0.05}, {80, 80, 165});   // mouth
  return picture;
}

// Pixels are shared between copies until then.
void MakeOwn(DrawnFace& face) { face.photo.bgr = face.photo.bgr.clone(); }

void ToPicture(DrawnFace& face, const cv::Matx23d& map, cv::Size size) {
  cv::warpAffine(face.photo.bgr, face.photo.bgr, map, size, cv::INTER_AREA, cv::BORDER_REPLICATE);
  for (cv::Point2f& point : face.landmarks) {
    const cv::Vec2d at = map * cv::Vec3d(point.x, point.y, 1);
    point = {static_cast<float>(at[0]), static_cast<float>(at[1])};
  }
}

}  // namespace

cv::Rect2f DrawnFace::box() const { return FaceBox(landmarks); }

cv::Mat DrawnFace::chip() const {
  constexpr double kSide = 150;
  constexpr double kPadding = 0.25;
  const FacePose pose = PoseOf(landmarks);
  const cv::Point2d step = pose.right * ((1 + 2 * kPadding) / kSide);
  const cv::Point2d corner = pose.At({-kPadding, -kPadding});
  const cv::Matx23d from(step.x, -step.y, corner.x, step.y, step.x, corner.y);
  cv::Mat chip;
  cv::warpAffine(photo.bgr, chip, from, cv::Size(150, 150),
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP);
  return chip;
}

Quality DrawnFace::Measured() const { return MeasureQuality(photo, landmarks, box(), chip()); }

DrawnFace PlainFace() {
  cv::Mat picture;
  Drawing().convertTo(picture, CV_32F);
  picture = picture.mul(Shading()) + Texture();
  picture.convertTo(picture, CV_8U);
  DrawnFace face{.photo = PhotoOf(picture), .landmarks = {}};
  for (std::size_t i = 0; i < face.landmarks.size(); ++i) {
    face.landmarks[i] = kPose.At({kMeanFace[i][0], kMeanFace[i][1]});
  }
  return face;
}

DrawnFace Blurred(DrawnFace face, double sigma_px) {
  MakeOwn(face);
  cv::GaussianBlur(face.photo.bgr, face.photo.bgr, {}, sigma_px);
  return face;
}

DrawnFace Lit(DrawnFace face, double gain) {
  MakeOwn(face);
  face.photo.bgr.convertTo(face.photo.bgr, -1, gain);
  return face;
}

DrawnFace LitFromTheSide(DrawnFace face, double far) {
  MakeOwn(face);
  cv::Mat& bgr = face.photo.bgr;
  for (int x = 0; x < bgr.cols; ++x) {
    const double way = static_cast<double>(x) / (bgr.cols - 1);
    cv::Mat column = bgr.col(x);
    column.convertTo(column, -1, 1 - (1 - far) * way);
  }
  return face;
}

DrawnFace Recompressed(DrawnFace face, int jpeg_quality) {
  face.photo = DecodePhoto(MakeJpeg(face.photo.bgr, {.quality = jpeg_quality})).value();
  return face;
}

DrawnFace Rolled(DrawnFace face, double degrees) {
  MakeOwn(face);
  const cv::Size size = face.photo.bgr.size();
  const cv::Point2f middle(static_cast<float>(size.width) / 2, static_cast<float>(size.height) / 2);
  ToPicture(face, cv::getRotationMatrix2D(middle, -degrees, 1), size);
  return face;
}

DrawnFace Turned(DrawnFace face, double nose_offset) {
  const cv::Point2f along = RightEye(face.landmarks) - LeftEye(face.landmarks);
  face.landmarks[4] += along * nose_offset;
  return face;
}

DrawnFace Scaled(DrawnFace face, double scale) {
  cv::resize(face.photo.bgr, face.photo.bgr, {}, scale, scale, cv::INTER_AREA);
  for (cv::Point2f& point : face.landmarks) point *= scale;
  return face;
}

DrawnFace CutAtTheLeft(DrawnFace face, int columns) {
  face.photo.bgr = face.photo.bgr.colRange(columns, face.photo.bgr.cols).clone();
  for (cv::Point2f& point : face.landmarks) point.x -= static_cast<float>(columns);
  return face;
}

DrawnFace Grey(DrawnFace face) {
  MakeOwn(face);
  cv::Mat grey;
  cv::cvtColor(face.photo.bgr, grey, cv::COLOR_BGR2GRAY);
  cv::cvtColor(grey, face.photo.bgr, cv::COLOR_GRAY2BGR);
  return face;
}

}  // namespace homeward::testing
