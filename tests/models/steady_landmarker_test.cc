#include "models/steady_landmarker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tests/testing/fake_face_ports.h"

namespace homeward {
namespace {

using testing::MeanFaceIn;

// A face is five dots: red eye corners and a green nose.
const cv::Scalar kEyes{20, 20, 240};
const cv::Scalar kNose{20, 240, 20};

cv::Mat DottedFace(cv::Size size, const Landmarks& landmarks, int radius) {
  cv::Mat bgr(size, CV_8UC3, cv::Scalar::all(20));
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    cv::circle(bgr, landmarks[i], radius, i == 4 ? kNose : kEyes, cv::FILLED);
  }
  return bgr;
}

// Middles of the dots in which channel `strong` outshines both others.
std::vector<cv::Point2f> Dots(const cv::Mat& bgr, std::size_t strong) {
  std::vector<cv::Mat> channels;
  cv::split(bgr, channels);
  cv::Mat others;
  cv::max(channels[(strong + 1) % 3], channels[(strong + 2) % 3], others);
  const cv::Mat mask = (channels[strong] - others) > 60;
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat middles;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, middles);
  std::vector<cv::Point2f> dots;
  for (int i = 1; i < count; ++i) {
    dots.emplace_back(static_cast<float>(middles.at<double>(i, 0)),
                      static_cast<float>(middles.at<double>(i, 1)));
  }
  return dots;
}

// Finds the dots of an upright face; otherwise answers by the box alone, as a regressor does.
class DotFitter final : public FaceLandmarker {
 public:
  std::optional<Landmarks> Fit(const cv::Mat& bgr, const cv::Rect2f& box) const override {
    auto eyes = Dots(bgr, 2);
    const auto nose = Dots(bgr, 1);
    std::ranges::sort(eyes, {}, &cv::Point2f::x);
    if (eyes.size() != 4 || nose.size() != 1) return MeanFaceIn(box);
    const bool upright = std::ranges::all_of(eyes, [&](const cv::Point2f& eye) {
      return nose[0].y - eye.y > 0.2F * std::abs(eyes[3].x - eyes[0].x);
    });
    if (!upright) return MeanFaceIn(box);
    return Landmarks{eyes[3], eyes[2], eyes[0], eyes[1], nose[0]};
  }
};

class NothingFitter final : public FaceLandmarker {
 public:
  std::optional<Landmarks> Fit(const cv::Mat&, const cv::Rect2f&) const override {
    return std::nullopt;
  }
};

const cv::Size kSize(600, 500);
const cv::Rect2f kBox(200, 120, 160, 160);

Landmarks Turned(Landmarks landmarks, double degrees) {
  const cv::Point2f middle = (kBox.tl() + kBox.br()) / 2;
  const auto c = static_cast<float>(std::cos(degrees * CV_PI / 180));
  const auto s = static_cast<float>(std::sin(degrees * CV_PI / 180));
  for (cv::Point2f& point : landmarks) {
    const cv::Point2f from = point - middle;
    point = middle + cv::Point2f(c * from.x - s * from.y, s * from.x + c * from.y);
  }
  return landmarks;
}

void ExpectNear(const std::optional<Landmarks>& found, const Landmarks& truth, float slack_px) {
  ASSERT_TRUE(found);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    EXPECT_LT(cv::norm((*found)[i] - truth[i]), slack_px) << i;
  }
}

const SteadyLandmarker& Landmarker() {
  static const SteadyLandmarker landmarker(std::make_unique<DotFitter>());
  return landmarker;
}

TEST(SteadyLandmarkerTest, AnswersTheSameFromBoxesOfDifferentDetectors) {
  const Landmarks truth = MeanFaceIn(kBox);
  const cv::Mat picture = DottedFace(kSize, truth, 5);
  for (const cv::Rect2f box : {kBox, kBox + cv::Point2f(20, -15), kBox + cv::Point2f(-15, 20),
                               cv::Rect2f(185, 105, 190, 190), cv::Rect2f(215, 135, 130, 130)}) {
    ExpectNear(Landmarker().Fit(picture, box), truth, 1);
  }
}

TEST(SteadyLandmarkerTest, FollowsAFaceTurnedByAnyAngle) {
  for (int degrees = -180; degrees < 180; degrees += 30) {
    const Landmarks truth = Turned(MeanFaceIn(kBox), degrees);
    SCOPED_TRACE(degrees);
    ExpectNear(Landmarker().Fit(DottedFace(kSize, truth, 5), kBox), truth, 1.5);
  }
}

TEST(SteadyLandmarkerTest, AFaceInTheDarkGivesTheSamePoints) {
  const Landmarks truth = MeanFaceIn(kBox);
  const cv::Mat picture = DottedFace(kSize, truth, 5) * 0.15;
  ExpectNear(Landmarker().Fit(picture, kBox), truth, 1);
}

TEST(SteadyLandmarkerTest, ALargeFaceIsReducedWithoutLosingItsPoints) {
  const cv::Rect2f box(300, 200, 1600, 1600);
  const Landmarks truth = MeanFaceIn(box);
  ExpectNear(Landmarker().Fit(DottedFace({2200, 2000}, truth, 40), box), truth, 5);
}

TEST(SteadyLandmarkerTest, ASmallFaceIsFittedToAFractionOfAPixel) {
  // Drawn eight times as large and reduced: the picture's dots lie between its pixels.
  const cv::Rect2f box(30.3F, 20.6F, 40, 40);
  const cv::Mat large = DottedFace({800, 640}, MeanFaceIn({242.4F, 164.8F, 320, 320}), 12);
  cv::Mat picture;
  cv::resize(large, picture, {100, 80}, 0, 0, cv::INTER_AREA);
  Landmarks truth = MeanFaceIn(box);
  for (cv::Point2f& point : truth) point -= cv::Point2f(0.4375F, 0.4375F);
  ExpectNear(Landmarker().Fit(picture, box), truth, 0.4F);
}

TEST(SteadyLandmarkerTest, AFaceCutByThePicturesBorderKeepsItsPlace) {
  const cv::Rect2f box(-30, -20, 160, 160);
  const Landmarks truth = MeanFaceIn(box);
  ExpectNear(Landmarker().Fit(DottedFace(kSize, truth, 5), box), truth, 1);
}

TEST(SteadyLandmarkerTest, NoFaceWhereTheAnswersFollowTheBox) {
  cv::Mat noise(kSize, CV_8UC3);
  cv::RNG random(3);
  random.fill(noise, cv::RNG::UNIFORM, 0, 40);
  EXPECT_FALSE(Landmarker().Fit(noise, kBox));
}

TEST(SteadyLandmarkerTest, NoFaceInABoxThatIsEmptyOrFarOutside) {
  const cv::Mat picture = DottedFace(kSize, MeanFaceIn(kBox), 5);
  EXPECT_FALSE(Landmarker().Fit(picture, {200, 120, 0, 160}));
  EXPECT_FALSE(Landmarker().Fit(picture, {9000, 9000, 160, 160}));
}

TEST(SteadyLandmarkerTest, NoFaceWhereTheFitterHasNoAnswer) {
  const SteadyLandmarker landmarker(std::make_unique<NothingFitter>());
  EXPECT_FALSE(landmarker.Fit(DottedFace(kSize, MeanFaceIn(kBox), 5), kBox));
}

}  // namespace
}  // namespace homeward
