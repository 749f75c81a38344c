#include "models/landmark_fitter.h"

#include <gtest/gtest.h>

#include <string>

#include "matcher/landmarks.h"
#include "models/steady_landmarker.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

std::unique_ptr<LandmarkFitter> Loaded() {
  return LandmarkFitter::Load(
             testing::ReadFile(testing::WeightsFolder() / "shape_predictor_5_face_landmarks.dat"))
      .value();
}

TEST(LandmarkFitterTest, RefusesBytesThatAreNotItsWeights) {
  EXPECT_EQ(LandmarkFitter::Load(std::string("no weights at all")).error().reason,
            Reason::kModelMismatch);
}

TEST(LandmarkFitterTest, AlwaysAnswersAndItsAnswerMovesWithTheBox) {
  const cv::Mat grey(200, 200, CV_8UC3, cv::Scalar::all(128));
  const auto fitter = Loaded();
  const auto here = fitter->Fit(grey, {40, 40, 80, 80});
  const auto there = fitter->Fit(grey, {50, 45, 80, 80});
  ASSERT_TRUE(here && there);
  EXPECT_EQ((*there)[4], (*here)[4] + cv::Point2f(10, 5));
}

// LFW centres its faces: boxes around the middle hold one.
TEST(LandmarkFitterTest, MadeSteadyItFindsTheFaceAndNoneInABlankWall) {
  const SteadyLandmarker landmarker(Loaded());
  const cv::Mat wall(250, 250, CV_8UC3, cv::Scalar::all(180));
  EXPECT_FALSE(landmarker.Fit(wall, {75, 80, 100, 100}));
  const auto photos = testing::SamplePhotos("lfw", 5);
  if (photos.empty()) GTEST_SKIP() << "no folder of faces";
  for (const auto& photo : photos) {
    const cv::Rect2f box(75, 80, 100, 100);
    const auto landmarks = landmarker.Fit(testing::ReadPhoto(photo).bgr, box);
    ASSERT_TRUE(landmarks) << photo;
    EXPECT_TRUE(MakesAFace(*landmarks, box)) << photo;
    EXPECT_GT((FaceBox(*landmarks) & box).area(), 0.5F * box.area()) << photo;
  }
}

}  // namespace
}  // namespace homeward
